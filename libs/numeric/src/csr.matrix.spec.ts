import fc from 'fast-check';
import { Csr } from './csr.matrix.js';

const entry = fc.record({ row: fc.nat(6), col: fc.nat(4), value: fc.integer({ min: -3, max: 3 }) });

function dense(matrix: Csr): number[][] {
  return Array.from({ length: matrix.rows }, (_, row) => {
    const line = Array<number>(matrix.cols).fill(0);
    const { indices, values } = matrix.row(row);
    indices.forEach((col, i) => (line[col] = values[i]!));
    return line;
  });
}

describe('Csr', () => {
  it('sums duplicates, sorts rows, and transposes', () => {
    fc.assert(
      fc.property(fc.array(entry), (entries) => {
        const expected = Array.from({ length: 7 }, () => Array<number>(5).fill(0));
        for (const { row, col, value } of entries) expected[row]![col]! += value;
        const triplets = {
          rows: entries.map((e) => e.row),
          cols: entries.map((e) => e.col),
          values: entries.map((e) => e.value),
        };
        const matrix = Csr.fromTriplets(triplets, 7, 5);
        expect(dense(matrix)).toEqual(expected);
        expect(matrix.entries).toBe(new Set(entries.map((e) => `${e.row} ${e.col}`)).size);
        const turned = matrix.transpose();
        expect(dense(turned)).toEqual(expected[0]!.map((_, col) => expected.map((line) => line[col]!)));
        // Accepts only ascending columns, so this also proves the order.
        expect(dense(Csr.fromArrays(turned, turned))).toEqual(dense(turned));
      }),
    );
  });

  it('counts pairs without values', () => {
    expect(dense(Csr.fromTriplets({ rows: [0, 0, 1], cols: [1, 1, 0] }, 2, 2))).toEqual([
      [0, 2],
      [1, 0],
    ]);
  });

  it('refuses entries outside, unequal columns and broken arrays', () => {
    expect(() => Csr.fromTriplets({ rows: [2], cols: [0] }, 2, 2)).toThrow('entry 0 at (2, 0) lies outside a 2 x 2');
    expect(() => Csr.fromTriplets({ rows: [0], cols: [] }, 2, 2)).toThrow('differ in length');
    const arrays = { indptr: Int32Array.of(0, 2), indices: Int32Array.of(1, 0), values: Float32Array.of(1, 1) };
    expect(() => Csr.fromArrays({ rows: 1, cols: 2 }, arrays)).toThrow('row 0 has unsorted or foreign columns');
    expect(() => Csr.fromArrays({ rows: 2, cols: 2 }, arrays)).toThrow('do not fit');
    expect(() => Csr.fromTriplets({ rows: [], cols: [] }, 2, 2).row(2)).toThrow('row 2 lies outside 2 rows');
  });
});
