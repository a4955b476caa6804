import { relativeError, uniform } from './fixtures/dense.js';
import { withoutWebAssembly } from './fixtures/without-web-assembly.js';
import { rowProducts } from './row-products.kernel.js';

function expectedOf(rows: Float32Array, vector: Float32Array): number[] {
  return Array.from({ length: rows.length / vector.length }, (_, r) =>
    vector.reduce((sum, value, d) => sum + value * rows[r * vector.length + d]!, 0),
  );
}

describe('rowProducts', () => {
  // Around four lanes, four rows, and the pieces that are copied in (64 rows of 64 dims; 4 of 5,000).
  it.each([
    [1, 1],
    [3, 5],
    [4, 4],
    [7, 130],
    [64, 63],
    [64, 65],
    [64, 1_001],
    [5_000, 9],
  ])('multiplies rows of %i dims, %i of them', (dims, count) => {
    const random = uniform(dims + count);
    const rows = Float32Array.from({ length: dims * count }, () => random() - 0.3);
    const vector = Float32Array.from({ length: dims }, () => random() - 0.3);
    const expected = expectedOf(rows, vector);
    expect(relativeError(rowProducts(rows, vector), expected)).toBeLessThan(1e-6);
    const plain = withoutWebAssembly(() => rowProducts(rows, vector));
    expect(relativeError(plain, expected)).toBeLessThan(1e-6);
  });

  it('has no products of no rows, and refuses what is not whole rows', () => {
    expect(rowProducts(new Float32Array(0), new Float32Array(3))).toEqual(new Float32Array(0));
    expect(() => rowProducts(new Float32Array(4), new Float32Array(3))).toThrow('not whole rows of 3 dims');
    expect(() => rowProducts(new Float32Array(4), new Float32Array(0))).toThrow('not whole rows of 0 dims');
  });
});
