import { referenceRuntime } from '@attune/training';
import { meanOf } from '../metrics/bootstrap.js';
import { evaluate } from '../run/evaluate.js';
import type { EvaluationRequest, EvaluationResult } from '../run/evaluation.request.js';
import type { Grid } from '../search/options.js';
import { Trials } from '../search/trials.js';
import { plantedRatings } from '../testing/planted-worlds.js';
import { TempFolder } from '../testing/temp-folder.js';
import { evaluateLearner, rmseOf } from './evaluate-learner.js';
import type { RatingLearner } from './rating.learner.js';
import { RATING_LEARNERS } from './rating.learners.js';
import { openRatings } from './rating.task.js';

const folder = new TempFolder();
afterAll(() => folder.close());

const context = { runtime: referenceRuntime, onProgress: () => undefined };
/** Small grids of slow models. */
const QUICK: Readonly<Record<string, Grid>> = { 'bayesian-svd': { dims: [2], samples: [5] } };
const LEARNERS = RATING_LEARNERS.map((learner) => ({ ...learner, grid: QUICK[learner.name] ?? learner.grid }));

const judged = async (learner: RatingLearner, content: string) => {
  const task = await openRatings([folder.write('world', content)], 1);
  const found = await evaluateLearner(learner, 0, { ...context, task, seed: 1, trials: new Trials('task', undefined) });
  return { ...found, rmse: rmseOf(found.test.flat()) };
};
/** What predicting the mean would be off by. */
async function deviationOf(content: string): Promise<number> {
  const { data } = await openRatings([folder.write('world', content)], 1);
  const mean = meanOf([...data.values]);
  return rmseOf(Array.from(data.values, (value) => value - mean));
}
const world = plantedRatings({ folds: true });
const table = (rows: readonly string[]): string => ['user,item,rating', ...rows].join('\n');

describe.each(LEARNERS)('$name', (learner) => {
  it('beats the mean where tastes differ, the same each time', async () => {
    const found = await judged(learner, world);
    expect(found.rmse).toBeLessThan(0.9 * (await deviationOf(world)));
    const again = await judged(learner, world);
    expect([again.test, again.trial.figure]).toEqual([found.test, found.trial.figure]);
    expect(found.trial.figure).toBe(-rmseOf(found.validation));
  });

  it('predicts all-equal ratings', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => `u${i % 8},i${(i * 3) % 7},4`);
    expect((await judged(learner, table(rows))).rmse).toBeLessThan(1e-5);
  });

  it.each([
    ['one user', Array.from({ length: 40 }, (_, i) => `u,i${i},${i % 5}`)],
    ['one item', Array.from({ length: 40 }, (_, i) => `u${i},i,${i % 5}`)],
    ['one pair, rated again and again', Array.from({ length: 40 }, (_, i) => `u,i,${i % 5}`)],
  ])('makes a sound model of %s', async (_, rows) => {
    const found = await judged(learner, table(rows));
    expect(found.test.flat()).toHaveLength(40);
    for (const error of found.test.flat()) expect(Math.abs(error)).toBeLessThanOrEqual(4);
  });
});

describe('a run', () => {
  const some = world.split('\n').slice(0, 200).join('\n');
  const run = (request: Partial<EvaluationRequest>): Promise<EvaluationResult> =>
    evaluate(
      {
        protocol: 'rating',
        inputs: [folder.write('ratings', some)],
        models: [],
        budgetMinutes: 1e-6,
        seed: 1,
        ...request,
      },
      context,
    );

  it('chooses on validation, and tells RMSE and MAE as means over folds', async () => {
    const { models, chosen, chosenBy, data, comparisons, notes } = await run({
      models: ['baseline', 'slope-one'],
    });
    expect(models.map(({ name }) => name)).toEqual(['baseline', 'slope-one']);
    expect([chosenBy, notes]).toEqual(['rmse', []]);
    const best = Math.min(...models.map(({ validation }) => validation['rmse']!));
    expect(models.find(({ name }) => name === chosen)!.validation['rmse']).toBe(best);
    expect(data.cases).toBe(data.interactions);
    for (const { test, validation, intervals } of models) {
      expect(test['mae']!).toBeLessThan(test['rmse']!);
      expect(Object.keys(validation)).toEqual(['rmse', 'mae']);
      const [low, high] = intervals.test['rmse']!;
      expect(low < test['rmse']! && test['rmse']! < high).toBe(true);
    }
    expect(comparisons.map(({ model }) => model)).toEqual(
      models.map(({ name }) => name).filter((name) => name !== chosen),
    );
  });

  it('says that folds are drawn where the file has none', async () => {
    const inputs = [folder.write('plain', some.replaceAll(/,\w+$/gm, ''))];
    const { notes } = await run({ inputs, models: ['baseline'] });
    expect(notes).toEqual(['no column fold: five folds are drawn from seed 1']);
  });

  it('blends', async () => {
    const { models } = await run({ models: ['blend', 'user-knn', 'slope-one'] });
    const figures = Object.fromEntries(models.map(({ name, test }) => [name, test['rmse']!]));
    expect(Object.keys(figures)).toEqual(['slope-one', 'user-knn', 'blend']);
    expect(figures['blend']).toBeLessThan(figures['slope-one']!);
  });

  it('refuses predictions, and models it does not know', async () => {
    await expect(run({ predictions: folder.at('p.tsv') })).rejects.toMatchObject({ code: 'REQUEST' });
    await expect(run({ models: ['ease'] })).rejects.toMatchObject({
      code: 'REQUEST',
      fix: expect.stringMatching(/^Known models: baseline, slope-one, /),
    });
  });
});
