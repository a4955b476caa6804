import { Csr } from '@attune/numeric';
import { SparseSums } from './sparse-sums.kernel.js';

describe('SparseSums', () => {
  it('adds entries and rows, and tells what it touched in order', () => {
    const sums = new SparseSums(6);
    sums.add(4, 2);
    sums.add(1, -1);
    sums.add(4, 0.5);
    sums.addRow(Csr.fromTriplets({ rows: [0, 1, 1], cols: [5, 1, 3], values: [9, 2, 3] }, 2, 6), 1, 10);
    expect([...sums.touched()]).toEqual([1, 3, 4]);
    expect([...sums.sums]).toEqual([0, 19, 0, 30, 2.5, 0]);
  });

  it('is empty again once cleared, and touches what summed to 0', () => {
    const sums = new SparseSums(3);
    sums.add(2, 1);
    sums.add(0, 1);
    sums.clear();
    expect([...sums.touched()]).toEqual([]);
    expect([...sums.sums]).toEqual([0, 0, 0]);
    sums.add(2, 1);
    sums.add(2, -1);
    expect([...sums.touched()]).toEqual([2]);
  });
});
