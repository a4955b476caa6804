import fc from 'fast-check';
import { estimate, estimateDifference, meanOf, percentile, sample, uniform } from './bootstrap.js';

const coin = Array.from({ length: 400 }, (_, i) => i % 2);

describe('estimate', () => {
  it('finds the interval that the normal approximation gives for 400 coins', () => {
    const { mean, low, high } = estimate(coin);
    expect(mean).toBe(0.5);
    // 0.5 ± 1.96 × 0.5 / √400.
    expect(low).toBeCloseTo(0.451, 1);
    expect(high).toBeCloseTo(0.549, 1);
    expect(high - low).toBeGreaterThan(0.085);
    expect(high - low).toBeLessThan(0.113);
  });

  it('is the same for the same seed, and nothing but the mean where all values are equal', () => {
    expect(estimate(coin, 7)).toEqual(estimate(coin, 7));
    expect(estimate(coin, 7)).not.toEqual(estimate(coin, 8));
    expect(estimate([0.25, 0.25, 0.25])).toEqual({ mean: 0.25, low: 0.25, high: 0.25 });
    expect(estimate([])).toEqual({ mean: NaN, low: NaN, high: NaN });
  });
});

describe('estimateDifference', () => {
  it('sees a small gain that every user has, which two intervals would hide', () => {
    const better = coin.map((value) => value + 0.01);
    expect(estimate(better).low).toBeLessThan(estimate(coin).high);
    expect(estimateDifference(coin, better).low).toBeCloseTo(0.01, 12);
  });

  it('refuses lists of different users', () => {
    expect(() => estimateDifference([1], [1, 2])).toThrow('not of the same users');
  });
});

it('gives nearest-rank percentiles and means', () => {
  const values = [5, 1, 4, 2, 3];
  expect([0, 0.5, 0.99, 1].map((p) => percentile(values, p))).toEqual([1, 3, 5, 5]);
  expect(percentile([], 0.5)).toBeNaN();
  expect(meanOf(values)).toBe(3);
  expect(meanOf([])).toBeNaN();
});

describe('sample', () => {
  it('draws as many as asked, in order, each once', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.nat(50), fc.integer(), (values, count, seed) => {
        const numbered = values.map((_, i) => i);
        const drawn = sample(numbered, count, seed);
        expect(drawn).toHaveLength(Math.min(count, values.length));
        expect([...new Set(drawn)].sort((a, b) => a - b)).toEqual(drawn);
      }),
    );
  });

  it('draws each about as often', () => {
    const counts = new Array<number>(10).fill(0);
    for (let seed = 0; seed < 2_000; seed++)
      for (const i of sample([...counts.keys()], 3, seed * 7919)) counts[i]! += 1;
    for (const count of counts) expect(Math.abs(count - 600)).toBeLessThan(120);
  });
});

it('draws the numbers of the published sequence', () => {
  const next = uniform(0);
  expect(next() * 2 ** 32).toBe(1013904223);
  expect(next() * 2 ** 32).toBe(1196435762);
});
