import type { VectorBlock } from './candidates.js';

/** Rows of a block that hold a vector, ascending: the others are NaN. */
export const filledRows = ({ rows, dims, data }: VectorBlock): readonly number[] =>
  Array.from({ length: rows }, (_, row) => row).filter((row) => !Number.isNaN(data[row * dims]));

/** A block of some rows of a block, in the order that is given. */
export function pickedRows(block: VectorBlock, rows: readonly number[]): VectorBlock {
  const { dims } = block;
  const data = new Float32Array(rows.length * dims);
  rows.forEach((row, at) => data.set(block.data.subarray(row * dims, (row + 1) * dims), at * dims));
  return { ...block, rows: rows.length, data };
}
