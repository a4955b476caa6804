import { fitPopularity, popularityInterests } from './popularity.model.js';

const DAY = 86_400_000;
const log = {
  items: Int32Array.of(0, 0, 0, 1, 1, 2),
  at: Float64Array.of(0, DAY, 2 * DAY, 9 * DAY, 10 * DAY, 10 * DAY),
  weights: Float32Array.of(1, 1, 4, 1, 2, -3),
  itemIds: ['old', 'new', 'returned', 'never'],
};

describe('popularity', () => {
  it('sums positive weights', () => {
    const model = fitPopularity(log);
    expect([...model.counts]).toEqual([6, 3, 0, 0]);
    expect([...popularityInterests(model)]).toEqual([1, 0.5, 0, 0]);
  });

  it('fades by half-lives as of a moment, and knows nothing later', () => {
    const { counts } = fitPopularity(log, { at: 10 * DAY, halfLifeMs: 2 * DAY });
    expect(counts[0]).toBeCloseTo(2 ** -5 + 2 ** -4.5 + 4 * 2 ** -4, 10);
    expect(counts[1]).toBeCloseTo(2 ** -0.5 + 2, 10);
    expect([...fitPopularity(log, { at: 9 * DAY }).counts]).toEqual([6, 1, 0, 0]);
  });

  it('has nothing to say of an empty log', () => {
    const none = { items: new Int32Array(0), at: new Float64Array(0), weights: new Float32Array(0), itemIds: ['a'] };
    expect([...popularityInterests(fitPopularity(none))]).toEqual([0]);
  });

  it('leaves out what has no weight or no moment', () => {
    const odd = {
      ...log,
      weights: Float32Array.of(NaN, 1, 1, 1, 1, 1),
      at: log.at.map((at, k) => (k === 5 ? NaN : at)),
    };
    expect([...fitPopularity(odd).counts]).toEqual([2, 2, 0, 0]);
  });

  it('refuses bad options and columns', () => {
    expect(() => fitPopularity(log, { halfLifeMs: 0, at: 1 })).toThrow('halfLifeMs must be above 0, got 0');
    expect(() => fitPopularity(log, { halfLifeMs: 1 })).toThrow('a half-life needs the moment `at`');
    expect(() => fitPopularity(log, { at: NaN })).toThrow('at must be a moment, got NaN');
    expect(() => fitPopularity({ ...log, itemIds: ['a'] })).toThrow(new RangeError('item 1 is not below 1'));
    expect(() => fitPopularity({ ...log, at: new Float64Array(1) })).toThrow('columns differ in length');
  });
});
