import { eventColumns, vocabularyOf, type Plugin } from '@attune/sdk';
import {
  buildWorld,
  fakeCall,
  fakeHost,
  lateCall,
  trainOn,
  worldBatch,
  worldRequest,
  type World,
} from '@attune/testkit';
import { knnBaselineScorer, knnBaselineTrainer, svdScorer, svdTrainer } from '../built-in.js';
import { byTaste, raters, withValues } from '../testing/rating.plans.js';
import { newestRatings, PredictedRatings } from './rating.model.js';

const RATED = { types: ['rating'], maxItems: 500 };

const world = withValues(buildWorld(raters()), byTaste);

describe('newestRatings', () => {
  const history = eventColumns({
    items: ['a', 'b', 'a', 'c', 'c', 'd', 'cold'],
    types: ['rating', 'rating', 'rating', 'rating', 'view', 'rating', 'rating'],
    at: Float64Array.from([1, 2, 3, 4, 5, 6, 7]),
    values: Float32Array.of(1, 2, 3, 4, 5, NaN, 5),
  });
  const rows = history.rows(vocabularyOf(['a', 'b', 'c', 'd']));

  it('takes the newest of each item that the model knows, newest first', () => {
    expect(newestRatings(history, rows, RATED)).toEqual({ rows: [2, 0, 1], values: [4, 3, 2] });
  });

  it('takes so many items, and the types that count', () => {
    expect(newestRatings(history, rows, { ...RATED, maxItems: 2 }).rows).toEqual([2, 0]);
    expect(newestRatings(history, rows, { ...RATED, types: ['view'] })).toEqual({ rows: [2], values: [5] });
  });
});

describe('PredictedRatings', () => {
  const items = vocabularyOf(['i0', 'i1', 'i2', 'i3']);

  it('folds a history in once for the steps that ask for it', async () => {
    let folded = 0;
    const model = new PredictedRatings(items, [1, 5], () => {
      folded += 1;
      return (item) => item;
    });
    const batch = worldBatch(world, [
      { request: worldRequest(world, { userId: 'u0' }), ids: ['i3', 'nothing', 'i1'] },
      { request: worldRequest(world, { userId: 'stranger' }), ids: ['i3'] },
    ]);
    const out = new Float32Array(4).fill(NaN);
    for (let step = 0; step < 3; step++) await model.score(batch, out, { ...RATED }, fakeCall());
    expect([...out]).toEqual([3, NaN, 1, NaN]);
    expect(folded).toBe(1);
    await model.score(batch, out, { ...RATED, maxItems: 1 }, fakeCall());
    expect(folded).toBe(2);
  });

  it('takes a rating beyond the scale as the nearest of it', () => {
    const model = new PredictedRatings(
      items,
      [1, 5],
      ({ values }) =>
        (item) =>
          values[item]!,
    );
    const ratingOf = model.predict({ rows: [0, 1, 2], values: [900, 4, -3] })!;
    expect([0, 1, 2].map(ratingOf)).toEqual([5, 4, 1]);
    expect(model.predict({ rows: [-1], values: [3] })).toBeUndefined();
  });

  it('writes nothing when the time is over', async () => {
    const model = new PredictedRatings(items, [1, 5], () => () => 3);
    const out = new Float32Array(1).fill(NaN);
    const batch = worldBatch(world, [{ request: worldRequest(world, { userId: 'u0' }), ids: ['i3'] }]);
    await model.score(batch, out, RATED, lateCall());
    expect([...out]).toEqual([NaN]);
  });
});

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

type Pair = readonly [id: string, trainer: Plugin<'trainer'>, scorer: Plugin<'scorer'>, config: object];
const PAIRS: readonly Pair[] = [
  ['svd', svdTrainer, svdScorer, { dims: 4, epochs: 60, rate: 0.02 }],
  ['knn-baseline', knnBaselineTrainer, knnBaselineScorer, { shrinkage: 10 }],
];

describe.each(PAIRS)('%s', (...[id, trainer, scorer, config]) => {
  /** Predicted ratings of all items that were rated, for a user. */
  async function predicted(from: World, userId: string): Promise<readonly number[]> {
    const draft = await trainOn(from, { plugin: trainer, config });
    const running = await scorer.setup(scorer.config.parse({}), fakeHost(from, new Map([[id, draft]])));
    const ids = Array.from({ length: 30 }, (_, item) => `i${item}`);
    const out = new Float32Array(ids.length).fill(NaN);
    await running.score(worldBatch(from, [{ request: worldRequest(from, { userId }), ids }]), out, fakeCall());
    return [...out];
  }

  it('gives each user more of what the user rates high', async () => {
    for (const [userId, parity] of [
      ['u8', 0],
      ['u13', 1],
    ] as const) {
      const ratings = await predicted(world, userId);
      const liked = ratings.filter((_, item) => item % 2 === parity);
      const others = ratings.filter((_, item) => item % 2 !== parity);
      expect(meanOf(liked)).toBeGreaterThan(meanOf(others) + 1.5);
      expect(Math.max(...ratings)).toBeLessThan(5.5);
      expect(Math.min(...ratings)).toBeGreaterThan(0.5);
    }
  });

  it('says the same on any scale', async () => {
    const inHundreds = withValues(world, (userId, itemId, event) => 100 * byTaste(userId, itemId, event) - 350);
    const ours = await predicted(world, 'u8');
    (await predicted(inHundreds, 'u8')).forEach((rating, item) =>
      expect((rating + 350) / 100).toBeCloseTo(ours[item]!, 3),
    );
  });

  it('keeps items in its artifact and nothing of a user', async () => {
    const draft = await trainOn(world, { plugin: trainer, config });
    expect(Object.keys(draft.ids)).toEqual(['items']);
    const perItem = id === 'svd' ? ['biases', 'factors'] : ['biases', 'indices', 'indptr', 'values'];
    expect(Object.keys(draft.arrays).sort()).toEqual(perItem);
    expect(JSON.stringify(draft.meta)).not.toContain('u1');
  });
});
