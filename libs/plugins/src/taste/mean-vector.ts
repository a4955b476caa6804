import { axpy, dot } from '@attune/numeric';
import type { VectorBlock } from '@attune/sdk';

/**
 * Weighted mean of the rows of a block, scaled to length 1: `[dims]`. Rows of NaN (no vector) are left out;
 * undefined where none is left or the rest cancel out.
 */
export function meanVector({ rows, dims, data }: VectorBlock, weights: ArrayLike<number>): Float32Array | undefined {
  const sum = new Float32Array(dims);
  for (let row = 0; row < rows; row++) {
    if (!Number.isNaN(data[row * dims])) axpy(sum, data, row * dims, weights[row]!, dims);
  }
  const length = Math.sqrt(dot(sum, 0, sum, 0, dims));
  if (!(length > 0)) return undefined;
  for (let d = 0; d < dims; d++) sum[d]! /= length;
  return sum;
}

/** Writes the dot product of `vector` and each row `start..end` of a block; a row of NaN gives NaN: no opinion. */
export function scoreVectors(
  vector: Float32Array,
  { dims, data }: VectorBlock,
  out: Float32Array,
  range: { readonly start: number; readonly end: number },
): void {
  for (let c = range.start; c < range.end; c++) out[c] = dot(vector, 0, data, c * dims, dims);
}
