import { convexSum } from './convex-sum.js';
import { ranksOf, reciprocalRanks } from './rank.columns.js';
import { scaledToOne } from './scaled-to-one.js';

describe('ranks', () => {
  it('begin at 1, are shared by equals, and are 0 without an opinion', () => {
    expect([...ranksOf([2, NaN, 5, 2, -1])]).toEqual([2, 0, 1, 2, 4]);
    expect([...ranksOf([])]).toEqual([]);
  });

  it('fuse as weight / (k + rank)', () => {
    const [second, none, first] = reciprocalRanks([2, NaN, 5], { k: 60, weight: 2 });
    expect([second, none, first]).toEqual([2 / 62, 0, 2 / 61]);
  });
});

describe('convexSum', () => {
  const words = { ids: ['a', 'b'], scores: [8, 4] };
  const meaning = { ids: ['c', 'b', 'd'], scores: [0.9, 0.6, 0.5] };

  it('adds the shares of each side between its floor and its best', () => {
    const sums = convexSum([
      { found: words, weight: 0.5, floor: 0 },
      { found: meaning, weight: 1, floor: 0.5 },
    ]);
    expect([...sums.keys()]).toEqual(['a', 'b', 'c', 'd']);
    // b: 0.5 × 4 / 8 + (0.6 − 0.5) / (0.9 − 0.5)
    for (const [id, sum] of Object.entries({ a: 0.5, b: 0.5, c: 1, d: 0 })) expect(sums.get(id)).toBeCloseTo(sum, 12);
  });

  it('takes a side without a range as equally good, and an empty one as nothing', () => {
    const one = { ids: [7], scores: Float32Array.of(0.3) };
    expect([...convexSum([{ found: one, weight: 2, floor: 0.3 }])]).toEqual([[7, 2]]);
    expect(convexSum([{ found: { ids: [], scores: [] }, weight: 1, floor: 0 }]).size).toBe(0);
  });
});

it('scaledToOne: the head between its worst and its best; all 1 where they are equal', () => {
  expect([...scaledToOne([4, 2, 3, 100], 3)]).toEqual([1, 0, 0.5]);
  expect([...scaledToOne([2, 2], 2)]).toEqual([1, 1]);
});
