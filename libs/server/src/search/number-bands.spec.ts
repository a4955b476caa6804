import * as fc from 'fast-check';
import { bandsOf } from './number-bands.js';

describe('bandsOf', () => {
  it('has round edges, and the outer bands open', () => {
    const prices = Array.from({ length: 100 }, (_, i) => 0.42 + i * 0.1);
    const bands = bandsOf(prices);
    expect(bands.map(({ from, to }) => [from, to])).toEqual([
      [undefined, 2],
      [2, 4],
      [4, 6],
      [6, 8],
      [8, undefined],
    ]);
    expect(bands.reduce((sum, { count }) => sum + count, 0)).toBe(100);
  });

  it.each([
    [[], []],
    [[NaN, Infinity], []],
    [[5], [{ count: 1 }]],
    [[5, 5, 5], [{ count: 3 }]],
    [
      [0, 0, 0, 0, 10, 10],
      [
        { to: 10, count: 4 },
        { from: 10, count: 2 },
      ],
    ],
  ])('of %j is %j', (numbers, bands) => expect(bandsOf(numbers)).toEqual(bands));

  const number = fc.oneof(fc.double({ noNaN: true }), fc.integer({ min: -50, max: 50 }), fc.constant(NaN));

  it('holds every number once, in bands that are not empty and meet', () => {
    fc.assert(
      fc.property(fc.array(number, { maxLength: 60 }), (numbers) => {
        const finite = numbers.filter(Number.isFinite);
        const bands = bandsOf(numbers);
        expect(bands.length).toBeLessThanOrEqual(5);
        expect(bands.length > 0).toBe(finite.length > 0);
        bands.forEach(({ from = -Infinity, to = Infinity, count }, i) => {
          expect(count).toBe(finite.filter((value) => value >= from && value < to).length);
          expect(count).toBeGreaterThan(0);
          expect(bands[i + 1]?.from ?? Infinity).toBe(to);
        });
        expect(bands[0]?.from).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });
});
