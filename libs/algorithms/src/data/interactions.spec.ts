import { binaryMatrix } from './interactions.js';

const columns = {
  users: Int32Array.of(0, 1, 0, 0, 1),
  items: Int32Array.of(2, 0, 2, 1, 1),
  at: Float64Array.of(1, 2, 3, 4, 5),
  weights: Float32Array.of(1, 5, 2, 0.5, -1),
  userIds: ['u', 'v'],
  itemIds: ['a', 'b', 'c'],
};

describe('binaryMatrix', () => {
  it('has a 1 for each distinct pair of positive weight', () => {
    const matrix = binaryMatrix(columns);
    expect([matrix.rows, matrix.cols]).toEqual([2, 3]);
    expect([...matrix.row(0).indices]).toEqual([1, 2]);
    expect([...matrix.row(1).indices]).toEqual([0]);
    expect([...matrix.values]).toEqual([1, 1, 1]);
  });

  it('refuses columns that do not fit', () => {
    expect(() => binaryMatrix({ ...columns, items: Int32Array.of(0) })).toThrow('columns differ in length');
    expect(() => binaryMatrix({ ...columns, itemIds: ['a'] })).toThrow('lies outside a 2 x 1 matrix');
  });
});
