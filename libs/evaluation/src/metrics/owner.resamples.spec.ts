import { estimate, uniform } from './bootstrap.js';
import { differenceOverOwners, eachResample, meanOverOwners, percentiles, RESAMPLES } from './owner.resamples.js';

const random = uniform(5);
const values = Array.from({ length: 40 }, random);
const each = Int32Array.from(values, (_, i) => i);
/** Ten owners of four cases. */
const owners = each.map((i) => i % 10);

describe('eachResample', () => {
  it('draws as many owners as there are, with what chance gives', () => {
    const draws = uniform(9);
    let runs = 0;
    eachResample(owners, 9, (counts, run) => {
      expect(run).toBe(runs++);
      const expected = new Uint32Array(10);
      for (let i = 0; i < 10; i++) expected[Math.floor(draws() * 10)]! += 1;
      expect(counts).toEqual(expected);
    });
    expect(runs).toBe(RESAMPLES);
  });
});

describe('percentiles', () => {
  it('leaves out what is no number', () => {
    const numbers = Float64Array.from({ length: 1000 }, (_, i) => (i < 200 ? NaN : i - 200));
    expect(percentiles(numbers)).toEqual({ low: 20, high: 779 });
    expect(percentiles(Float64Array.of(NaN))).toEqual({ low: NaN, high: NaN });
  });
});

describe('meanOverOwners', () => {
  it('is the bootstrap over cases where each is its own', () => {
    const [found, expected] = [meanOverOwners(values, each), estimate(values)];
    for (const name of ['mean', 'low', 'high'] as const) expect(found[name]).toBeCloseTo(expected[name], 12);
  });

  it('weighs owners by their cases', () => {
    const found = meanOverOwners([1, 1, 1, 0], Int32Array.of(0, 0, 0, 1));
    // An owner alone, or both once: 1, 0, or 3 / 4.
    expect(found).toEqual({ mean: 0.75, low: 0, high: 1 });
    expect(meanOverOwners([], new Int32Array(0))).toEqual({ mean: NaN, low: NaN, high: NaN });
  });

  it('learns nothing from the same case told again', () => {
    const four = [0, 1, 2, 3].flatMap(() => values);
    const ofFour = meanOverOwners(
      four,
      Int32Array.from(four, (_, i) => i % values.length),
    );
    const once = meanOverOwners(values, each);
    expect(ofFour.high - ofFour.low).toBeCloseTo(once.high - once.low, 12);
    const taken = meanOverOwners(
      four,
      Int32Array.from(four, (_, i) => i),
    );
    expect(taken.high - taken.low).toBeLessThan(0.65 * (once.high - once.low));
  });
});

describe('differenceOverOwners', () => {
  const after = values.map((value, i) => value + (i < 28 ? 0.2 : -0.2));

  it('exchanges all cases of an owner together', () => {
    const { difference, p } = differenceOverOwners(values, after, each);
    expect([difference.mean, difference.low > 0, p < 0.05]).toEqual([expect.closeTo(0.08, 12), true, true]);
    // The same 40 differences, of two people.
    const two = each.map((i) => Number(i >= 28));
    const ofTwo = differenceOverOwners(values, after, two);
    expect(ofTwo.difference.mean).toBeCloseTo(0.08, 12);
    // Of four signs two are as far from 0 as 28 - 12.
    expect(ofTwo.p).toBe(1);
    expect([ofTwo.difference.low, ofTwo.difference.high].map((bound) => bound.toFixed(3))).toEqual(['-0.200', '0.200']);
  });

  it('finds no difference between the same', () => {
    expect(differenceOverOwners(values, values, owners)).toEqual({ difference: { mean: 0, low: 0, high: 0 }, p: 1 });
  });
});
