import { uniform } from './bootstrap.js';
import { upperTail } from './normal.distribution.js';
import { holm, randomizationTest, signedRankTest } from './paired.statistics.js';

describe('upperTail', () => {
  // Of tables, and of SciPy's norm.sf.
  it.each([
    [0, 0.5],
    [-1, 0.84134474606854294859],
    [1.959963984540054, 0.025000000000000013764],
    [2.9999, 0.001350341282954925],
    [3, 0.0013498980316300945267],
    [6, 9.8658764503769814071e-10],
    [20, 2.7536241186062336951e-89],
  ])('of %d', (z, p) => {
    expect(upperTail(z) / p).toBeCloseTo(1, 11);
  });

  it('is 0 far out, and NaN of NaN', () => {
    expect(upperTail(Infinity)).toBe(0);
    expect(upperTail(NaN)).toBeNaN();
  });
});

const zeros = (count: number): number[] => new Array<number>(count).fill(0);

describe('randomizationTest', () => {
  it('finds the share of sign patterns that reach the sum', () => {
    // Of the 8 patterns of ±1 ±2 ±3 two reach 6; of those of ±1 ±2 −3 all reach 0.
    expect(randomizationTest(zeros(3), [1, 2, 3])).toBeCloseTo(2 / 8, 1);
    expect(randomizationTest(zeros(3), [1, 2, -3])).toBe(1);
    // 2 / 2¹⁰ of ten equal gains.
    const ten = randomizationTest(zeros(10), zeros(10).fill(0.1), { permutations: 100_000 });
    expect(Math.abs(ten - 2 / 1024)).toBeLessThan(0.0006);
  });

  it('is never 0, and 1 where nothing differs', () => {
    expect(randomizationTest(zeros(50), zeros(50).fill(1), { permutations: 999 })).toBe(1 / 1000);
    expect(randomizationTest([1, 2], [1, 2])).toBe(1);
  });

  it('is the same for a seed and for either order, and finds p below .05 in 5 % of equal runs', () => {
    const random = uniform(3);
    const values = (): number[] => Array.from({ length: 40 }, () => random());
    const options = { permutations: 400 };
    const pairs = Array.from({ length: 300 }, () => [values(), values()] as const);
    const [a, b] = pairs[0]!;
    expect(randomizationTest(a, b, options)).toBe(randomizationTest(b, a, options));
    expect(randomizationTest(a, b, { ...options, seed: 1 })).not.toBe(randomizationTest(a, b, { ...options, seed: 2 }));
    const alarms = pairs.filter(([before, after]) => randomizationTest(before, after, options) < 0.05).length;
    // 15 are expected, with a standard deviation of 3.8.
    expect(Math.abs(alarms - 15)).toBeLessThan(12);
  });

  it('refuses values that are not of the same users, or not finite', () => {
    expect(() => randomizationTest([1], [1, 2])).toThrow('not of the same users');
    expect(() => randomizationTest([], [])).toThrow('no users to compare');
    expect(() => randomizationTest([1, NaN], [1, 2])).toThrow('user 1 has values NaN and 2');
  });
});

describe('signedRankTest', () => {
  it('ranks differences by size, equal ones at their mean rank, and leaves out those of 0', () => {
    // Sizes 1, 1, 2, 3 have ranks 1.5, 1.5, 3, 4; above 0: 1.5 + 3 + 4. Variance 4·5·9 / 24 − (2³ − 2) / 48.
    const { positive, z, p } = signedRankTest(zeros(5), [1, -1, 2, 3, 0]);
    expect(positive).toBe(8.5);
    expect(z).toBeCloseTo((8.5 - 5) / Math.sqrt(7.375), 12);
    expect(p).toBeCloseTo(2 * upperTail(3.5 / Math.sqrt(7.375)), 12);
  });

  it('has its sign by direction, and no opinion where nothing differs', () => {
    const after = [0.3, 0.1, 0.4, -0.2, 0.9];
    expect(signedRankTest(after, zeros(5)).z).toBe(-signedRankTest(zeros(5), after).z);
    expect(signedRankTest([1, 2], [1, 2])).toEqual({ positive: 0, z: 0, p: 1 });
    expect(() => signedRankTest([1], [1, 2])).toThrow(RangeError);
  });
});

describe('holm', () => {
  it('multiplies by the comparisons that are left, and never falls', () => {
    // 4 · .01, 3 · .03 = .09, then 2 · .04 = .08 and 1 · .5.
    const corrected = holm([0.04, 0.01, 0.5, 0.03]);
    expect(corrected.map((p) => Number(p.toFixed(12)))).toEqual([0.09, 0.04, 0.5, 0.09]);
    expect(holm([0.6, 0.7])).toEqual([1, 1]);
    expect(holm([])).toEqual([]);
  });

  it('refuses what is no probability', () => {
    expect(() => holm([0.1, 1.2])).toThrow('1.2 is no probability');
    expect(() => holm([NaN])).toThrow('NaN is no probability');
  });
});
