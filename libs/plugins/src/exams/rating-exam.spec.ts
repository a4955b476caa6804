import { vocabularyOf, type ArtifactDraft, type Plugin } from '@attune/sdk';
import { buildWorld, fakeRun, trainingDataOf, trainOn, type World } from '@attune/testkit';
import { knnBaselineTrainer, svdTrainer } from '../built-in.js';
import { PredictedRatings } from '../models/rating.model.js';
import { byItem, byTaste, raters, withValues } from '../testing/rating.plans.js';
import { holdOutRaters } from './held-out-raters.js';
import { ratingExam } from './rating-exam.js';

const ofTaste = withValues(buildWorld(raters()), byTaste);
const ofItems = withValues(buildWorld(raters()), byItem);
const terms = { types: ['rating'], gate: 1 };
const NO_DRAFT: ArtifactDraft = { meta: {}, arrays: {}, ids: {} };

describe('ratingExam', () => {
  const data = trainingDataOf(ofTaste);
  const held = holdOutRaters(data, ['rating'], fakeRun().random)!;
  const items = vocabularyOf(data.itemIds.toSorted((a, b) => Number(a.slice(1)) - Number(b.slice(1))));
  /** What a model that gives each item so much is told. */
  const told = (give: (item: number) => number, gate = 1, from = held) =>
    ratingExam(() => new PredictedRatings(items, [1, 5], () => give)).judge(
      NO_DRAFT,
      from,
      { ...terms, gate },
      fakeRun(),
    );
  const asked = held.users.map(({ asked: { values } }) => Array.from(values));
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

  it('gives the root of the mean over users of their mean squared errors, predictions clipped', async () => {
    const { figures, evaluation } = await told(() => 9);
    const wanted = Math.sqrt(mean(asked.map((values) => mean(values.map((value) => (5 - value) ** 2)))));
    expect(figures['users']).toBe(22);
    expect(figures['rmse']).toBeCloseTo(wanted, 3);
    expect(evaluation.value).toBeCloseTo(-(figures['rmse'] as number), 4);
    expect(evaluation.metric).toMatch(/^minus RMSE of 22 users held out, where mean and biases have -1\.\d+,$/);
    expect(evaluation.value).toBeLessThan(evaluation.minimum);
  });

  it('asks to be as near as the biases, less two standard errors, by the gate', async () => {
    const { figures, evaluation } = await told(() => 3);
    expect(evaluation.minimum).toBeLessThan(-(figures['biases'] as number));
    const strict = await told(() => 3, 10);
    expect(strict.evaluation.value).toBeLessThan(strict.evaluation.minimum);
    const lax = await told(() => 9, 0.1);
    expect(lax.evaluation.value).toBeGreaterThan(lax.evaluation.minimum);
  });

  it('says so where nothing can be asked', async () => {
    const strangers = { ...held, users: held.users.map((user) => ({ ...user, asked: { rows: [], values: [] } })) };
    expect((await told(() => 3, 1, strangers)).evaluation).toMatchObject({ value: 0, minimum: 1 });
  });

  it('stops when it is told to', async () => {
    const stopped = async () =>
      ratingExam(() => new PredictedRatings(items, [1, 5], () => () => 3)).judge(
        NO_DRAFT,
        held,
        terms,
        fakeRun({ signal: AbortSignal.abort() }),
      );
    await expect(stopped).rejects.toThrow(/stopped on request/);
  });
});

const passes = ({ evaluation }: ArtifactDraft): boolean => evaluation!.value >= evaluation!.minimum;
const learn = (plugin: Plugin<'trainer'>, config: object, world: World) => trainOn(world, { plugin, config });

describe.each([
  ['svd', svdTrainer, { dims: 4, epochs: 60, rate: 0.02 }],
  ['knn-baseline', knnBaselineTrainer, { shrinkage: 10 }],
] as const)('%s', (_, plugin, config) => {
  it('passes where it knows more than biases, and then learns from everybody', async () => {
    const draft = await learn(plugin, config, ofTaste);
    const { rmse, biases } = draft.meta['gate'] as { rmse: number; biases: number };
    expect(passes(draft)).toBe(true);
    expect(rmse).toBeLessThan(0.7 * biases);
    expect(draft.meta).toMatchObject({ users: 220, items: 30, ratings: 2200 });
    const all = await learn(plugin, { ...config, gate: 0 }, ofTaste);
    expect(all.meta['gate']).toBeUndefined();
    expect([passes(all), all.ids]).toEqual([true, draft.ids]);
  });
});

it.each([
  ['knn-baseline', 'takes chance for taste', knnBaselineTrainer, { neighbors: 1, shrinkage: 0, damping: 0 }],
  ['svd', 'ends before it knows the items', svdTrainer, { epochs: 1, rate: 0.002 }],
] as const)('%s fails where it %s, and says so', async (_, __, plugin, config) => {
  const draft = await learn(plugin, config, ofItems);
  expect(passes(draft)).toBe(false);
  expect(draft.evaluation!.metric).toMatch(/^minus RMSE of 22 users held out, where mean and biases have -0\.\d+,$/);
  expect(passes(await learn(plugin, { ...config, gate: 0 }, ofItems))).toBe(true);
});
