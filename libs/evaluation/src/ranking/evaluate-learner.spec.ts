import type { ItemHistory } from '@attune/algorithms';
import { referenceRuntime } from '@attune/training';
import { meanOf } from '../metrics/bootstrap.js';
import type { Grid } from '../search/options.js';
import { Trials } from '../search/trials.js';
import { fixedKind } from '../testing/fixed.models.js';
import { plantedLines, plantedSplits } from '../testing/planted-worlds.js';
import { TempFolder } from '../testing/temp-folder.js';
import { evaluateLearner, type JudgedLearner } from './evaluate-learner.js';
import { nextItem } from './next-item.protocol.js';
import type { RankingTask } from './ranking.task.js';
import type { Recommender, RecommenderLearner } from './recommender.learner.js';
import { RECOMMENDER_LEARNERS } from './recommender.learners.js';
import { strong } from './strong.protocol.js';

const folder = new TempFolder();
afterAll(() => folder.close());

/** Transformers need the real runtime: they are tried with it from the command line. */
const TRANSFORMERS = ['sasrec', 'bert4rec', 'xlnet4rec'];
/** Small values for slow models. */
const QUICK: Readonly<Record<string, Grid>> = { ials: { dims: [16] }, bpr: { dims: [16], passes: [40] } };
const LEARNERS = RECOMMENDER_LEARNERS.filter(
  ({ name, needsTimes = false }) => !TRANSFORMERS.includes(name) && !needsTimes,
).map((learner): RecommenderLearner => ({
  ...learner,
  grid: (size) => ({ ...learner.grid(size), ...QUICK[learner.name] }),
}));
const LEARNING = LEARNERS.filter(({ name }) => name !== 'popular');

/** One attempt, with the default options. */
const evaluated = (learner: RecommenderLearner, task: RankingTask, threads = 1): Promise<JudgedLearner> =>
  evaluateLearner(learner, 0, {
    task,
    seed: 7,
    threads,
    trials: new Trials('task', undefined),
    runtime: referenceRuntime,
    onProgress: () => undefined,
  });
const testOf = ({ test }: JudgedLearner, metric: string): number => meanOf(test.values(metric));

describe('in a world where everything can be learned', () => {
  let next: RankingTask;
  let splits: RankingTask;
  const popular = { next: NaN, splits: NaN };
  beforeAll(async () => {
    next = await nextItem.open([folder.write('lines', plantedLines())]);
    splits = await strong.open([folder.write('splits', plantedSplits())]);
    const [popularKind] = LEARNERS;
    popular.next = testOf(await evaluated(popularKind!, next), 'ndcg@10');
    popular.splits = testOf(await evaluated(popularKind!, splits), 'recall@20');
  });

  it.each(LEARNING)('$name finds the next item, where popular does not, and the same again', async (learner) => {
    const found = await evaluated(learner, next);
    expect(testOf(found, 'ndcg@10')).toBeGreaterThan(popular.next + 0.3);
    expect(meanOf(found.validation.values('ndcg@10'))).toBeCloseTo(found.trial.figure, 12);
    const again = await evaluated(learner, next);
    expect(again.trial).toEqual({ ...found.trial, seconds: expect.any(Number) });
    for (const metric of next.told) expect(again.test.values(metric)).toEqual(found.test.values(metric));
  });

  it.each(LEARNING.filter(({ needsOrder = false }) => !needsOrder))('$name finds what is left out', async (learner) => {
    const found = await evaluated(learner, splits);
    expect(popular.splits).toBeLessThan(0.8);
    expect(testOf(found, 'recall@20')).toBe(1);
    expect(found.trial.asking).toEqual({});
  });

  it('ials learns the same by as many threads as it may take', async () => {
    const ials = LEARNERS.find(({ name }) => name === 'ials')!;
    const [one, two] = [await evaluated(ials, splits), await evaluated(ials, splits, 2)];
    expect(two.test.values('ndcg@100')).toEqual(one.test.values('ndcg@100'));
    await expect(evaluated(ials, splits, 65)).rejects.toThrow('threads must be an integer of 1..64, got 65');
  });
});

it('tells histories as validation shows to be best, to models that take weights', async () => {
  // Everybody walks on from item to item.
  const walks = Array.from(
    { length: 30 },
    (_, u) => `u${u} ${Array.from({ length: 15 }, (__, i) => `i${(u + i) % 40}`).join(' ')}\n`,
  );
  const task = await nextItem.open([folder.write('walks', walks.join(''))]);
  const next = new Map([...task.validation, ...task.test].map(({ history, wanted }) => [history.at(-1)!, wanted[0]!]));
  // What follows comes second where a history is told by its newest, and first where these count more, too.
  const scoreOf = ({ rows, weights }: ItemHistory): number =>
    rows.length > 10 ? 0 : weights !== undefined && weights[0]! < weights[1]! ? 3 : 1;
  const model: Recommender = {
    interests: (histories) =>
      Promise.resolve(
        histories.map((history) => {
          const scores = new Float32Array(40);
          const wanted = next.get(history.rows[history.rows.length - 1]!)!;
          scores[wanted] = scoreOf(history);
          scores[(wanted + 1) % 40] = 2;
          return scores;
        }),
      ),
  };
  const learner = { ...fixedKind('newest', model), takesWeights: true };
  const found = await evaluated(learner, task);
  expect(found.trial).toMatchObject({ asking: { last: 5, decay: 0.6 }, figure: 1 });
  expect(testOf(found, 'hitRate@10')).toBe(1);
  const plain = await evaluated({ ...learner, takesWeights: false }, task);
  expect(plain.trial).toMatchObject({ asking: {}, figure: expect.closeTo(0, 1) });
});

describe.each([
  ['users of three items', 'u a b c\nv b c a\nw c a b\n'],
  ['one user', 'u a b c d e f\n'],
  ['one item', 'u a a a a\nv a a a\n'],
  ['one user and one item', 'u a a a\n'],
  ['events that come again and again', 'u a a a b b a\nv b a b a b a\nw a\nx b a c\n'],
])('of %s', (_, content) => {
  it.each(LEARNERS)('$name makes a sound model, or says what is wrong', async (learner) => {
    const task = await nextItem.open([folder.write('odd', content)]);
    const evaluating = evaluated(learner, task);
    if (learner.name === 'bpr' && task.itemIds.length === 1) {
      await expect(evaluating).rejects.toThrow(new RangeError('BPR compares items: 1 are too few'));
      return;
    }
    const found = await evaluating;
    for (const ranking of [found.validation, found.test])
      for (const metric of task.told)
        for (const value of ranking.values(metric)) expect(value >= 0 && value <= 1).toBe(true);
    const [interests] = await found.model.interests([{ rows: [] }]);
    expect(interests).toHaveLength(task.itemIds.length);
  });
});
