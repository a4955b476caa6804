import { occurrencesOf } from './occurrences.js';
import { groupShares, meanPopularity, novelty, popularityGroups, popularityPercentiles } from './popularity.metrics.js';

/** Eight users: a has 8, b 4, c 2, d 2, e 1. */
const history = occurrencesOf(['abcde', 'abcd', 'ab', 'ab', 'a', 'a', 'a', 'a'].map((items) => [...items]));

describe('novelty', () => {
  it('is the mean self-information in bits', () => {
    expect(novelty(['a'], history)).toBe(0);
    expect(novelty(['b'], history)).toBe(1);
    expect(novelty(['a', 'c', 'e'], history)).toBeCloseTo((0 + 2 + 3) / 3, 12);
  });

  it('takes an item nobody has as one that one user has', () => {
    expect(novelty(['z'], history)).toBe(3);
    expect(novelty([], history)).toBe(0);
  });
});

describe('popularity bias', () => {
  const percentiles = popularityPercentiles(history);

  it('puts an item at the middle of those of its count', () => {
    expect([...percentiles].sort()).toEqual([
      ['a', 0.9],
      ['b', 0.7],
      ['c', 0.4],
      ['d', 0.4],
      ['e', 0.1],
    ]);
  });

  it('compares what is shown with what is had', () => {
    expect(meanPopularity(['a', 'b'], percentiles)).toBeCloseTo(0.8, 12);
    expect(meanPopularity(['b', 'z'], percentiles)).toBeCloseTo(0.35, 12);
    expect(meanPopularity([], percentiles)).toBe(0);
  });
});

describe('popularity groups', () => {
  // 17 interactions: a 8, b 4, c and d 2, e 1.
  it('cut the interactions, not the items', () => {
    const groups = popularityGroups(history);
    expect(Object.fromEntries(groups)).toEqual({ a: 'head', b: 'mid', c: 'mid', d: 'tail', e: 'tail' });
    expect(popularityGroups(history, { head: 0.5, tail: 0 }).get('b')).toBe('head');
    expect(popularityGroups(history, { head: 0, tail: 1 }).get('a')).toBe('tail');
    expect(() => popularityGroups(history, { head: 0.7, tail: 0.4 })).toThrow('not parts of one whole');
  });

  it('share what is shown; what nobody has is of the tail', () => {
    const shown = occurrencesOf([
      ['a', 'b'],
      ['a', 'z'],
    ]);
    expect(groupShares(shown, popularityGroups(history))).toEqual({ head: 0.5, mid: 0.25, tail: 0.25 });
    expect(groupShares(occurrencesOf<string>([]), popularityGroups(history))).toEqual({ head: 0, mid: 0, tail: 0 });
  });
});
