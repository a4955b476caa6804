import type { Columns, Plugin } from '@attune/sdk';
import { fakeCall, fakeHost, twoGenres, worldBatch, worldRequest } from '@attune/testkit';
import { rrfRanker, weightedRanker } from '../built-in.js';

const world = twoGenres();
const ids = world.items.map((item) => item.id);

/** Ranks columns of two requests, split after `first` candidates. */
async function rank(plugin: Plugin<'ranker'>, config: unknown, columns: Columns, first = Infinity) {
  const size = [...columns.values()][0]!.length;
  const running = await plugin.setup(plugin.config.parse(config), fakeHost(world));
  const split = Math.min(first, size);
  const parts = [ids.slice(0, split), ids.slice(split, size)].map((some) => ({
    request: worldRequest(world),
    ids: some,
  }));
  return running.rank(worldBatch(world, parts), columns, fakeCall());
}
const column = (...values: number[]) => Float32Array.from(values);

describe('weighted', () => {
  it('divides by the largest absolute value within each request', async () => {
    const { scores } = await rank(weightedRanker, { a: 2 }, new Map([['a', column(1, -4, 10, 5)]]), 2);
    expect([...scores]).toEqual([0.5, -2, 2, 1]);
  });

  it.each([
    ['none', [1, 3, 3, 0]],
    ['rank', [1 / 3, 1, 1, 0]],
    ['zscore', [-Math.SQRT2, Math.SQRT1_2, Math.SQRT1_2, 0]],
    ['max', [1 / 3, 1, 1, 0]],
  ])('scales by %s; an abstention contributes 0', async (scale, expected) => {
    const { scores } = await rank(weightedRanker, { a: { weight: 1, scale } }, new Map([['a', column(1, 3, 3, NaN)]]));
    expected.forEach((value, i) => expect(scores[i]).toBeCloseTo(value, 6));
  });

  it('adds the offset to opinions only', async () => {
    const { scores } = await rank(
      weightedRanker,
      { a: { weight: 2, scale: 'none', offset: 5 } },
      new Map([['a', column(1, NaN)]]),
    );
    expect([...scores]).toEqual([12, 0]);
  });

  it('survives columns without range and columns that are missing', async () => {
    const columns = new Map([
      ['zero', column(0, 0)],
      ['same', column(3, 3)],
    ]);
    const config = { zero: 1, same: { weight: 1, scale: 'zscore' }, missing: 1 };
    const { scores, contributions } = await rank(weightedRanker, config, columns);
    expect([...scores]).toEqual([0, 0]);
    expect([...contributions.keys()]).toEqual(['zero', 'same', 'missing']);
  });

  it('refuses an empty configuration and unknown options', () => {
    expect(weightedRanker.config.safeParse({}).success).toBe(false);
    expect(weightedRanker.config.safeParse({ a: { weigth: 1 } }).success).toBe(false);
  });
});

describe('rrf', () => {
  it('gives weight / (k + rank); equal values share the better rank', async () => {
    const { contributions } = await rank(
      rrfRanker,
      { k: 1, weights: { a: 2 } },
      new Map([['a', column(5, 9, 9, NaN, 1)]]),
    );
    expect([...contributions.get('a')!]).toEqual([2 / 4, 2 / 2, 2 / 2, 0, 2 / 5]);
  });

  it('ranks within each request', async () => {
    const { scores } = await rank(rrfRanker, { weights: { a: 1 } }, new Map([['a', column(9, 1, 2, 8)]]), 2);
    expect([...scores]).toEqual([1 / 61, 1 / 62, 1 / 62, 1 / 61]);
  });
});
