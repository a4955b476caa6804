import { filledRows, pickedRows } from './vector-rows.js';

const block = { rows: 3, dims: 2, data: Float32Array.of(1, 2, NaN, NaN, 5, 6), metric: 'dot' } as const;

it('tells rows that hold a vector, and picks rows in any order', () => {
  expect(filledRows(block)).toEqual([0, 2]);
  expect(pickedRows(block, [2, 0])).toEqual({ rows: 2, dims: 2, data: Float32Array.of(5, 6, 1, 2), metric: 'dot' });
  expect(pickedRows(block, []).data).toHaveLength(0);
});
