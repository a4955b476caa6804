import { Csr } from '@attune/numeric';
import { bm25, tfidf } from './column-weights.kernel.js';

/** User 0 has items 0 (4 times) and 1; user 1 has item 0 alone. Four items. */
const matrix = Csr.fromTriplets({ rows: [0, 0, 1], cols: [0, 1, 0], values: [4, 1, 1] }, 2, 4);

describe('column weights', () => {
  it('weigh by how few items a user has', () => {
    const [first, second, third] = tfidf(matrix).values;
    expect(first).toBeCloseTo(2 * Math.log(4 / 3), 6);
    expect(second).toBeCloseTo(Math.log(4 / 3), 6);
    expect(third).toBeCloseTo(Math.log(4 / 2), 6);
  });

  it('saturate repetition and mind the length of items by BM25', () => {
    // Totals of items are 5, 1, 0, 0, their mean 1.5.
    const values = bm25(matrix, { k1: 2, b: 0.5 }).values;
    const norm = [2 * (0.5 + (0.5 * 5) / 1.5), 2 * (0.5 + (0.5 * 1) / 1.5)];
    expect(values[0]).toBeCloseTo(((4 * 3) / (norm[0]! + 4)) * Math.log(4 / 3), 6);
    expect(values[1]).toBeCloseTo(((1 * 3) / (norm[1]! + 1)) * Math.log(4 / 3), 6);
    expect(values[2]).toBeCloseTo(((1 * 3) / (norm[0]! + 1)) * Math.log(4 / 2), 6);
  });

  it('refuse bad options', () => {
    expect(() => bm25(matrix, { k1: -1 })).toThrow(new RangeError('k1 must be >= 0, got -1'));
    expect(() => bm25(matrix, { b: 1.5 })).toThrow(new RangeError('b must lie in 0..1, got 1.5'));
  });
});
