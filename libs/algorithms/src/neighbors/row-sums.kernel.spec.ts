import { Csr } from '@attune/numeric';
import { rowSums } from './row-sums.kernel.js';

const rows = Csr.fromTriplets({ rows: [0, 0, 2], cols: [1, 2, 1], values: [2, 3, 5] }, 3, 3);

describe('rowSums', () => {
  it('sums rows by weight and skips what is not known', () => {
    expect([...rowSums(rows, { rows: [0, 2, -1, 3, NaN], weights: [2, 0.5, 9, 9, 9] })]).toEqual([0, 6.5, 6]);
    expect([...rowSums(rows, { rows: [0, 2] })]).toEqual([0, 7, 3]);
    expect([...rowSums(rows, { rows: [] })]).toEqual([0, 0, 0]);
  });
});
