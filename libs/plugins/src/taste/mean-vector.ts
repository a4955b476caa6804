import { axpy, dot, normalizeRows } from '@attune/numeric';
import type { VectorBlock } from '@attune/sdk';

/**
 * Weighted mean of the rows of a block, `[dims]`; of length 1 under cosine, where only directions count. Rows of NaN (no
 * vector) are left out; undefined where none is left or, under cosine, the rest cancel out.
 */
export function meanVector(block: VectorBlock, weights: ArrayLike<number>): Float32Array | undefined {
  const { rows, dims, data, metric = 'cosine' } = block;
  const sum = new Float32Array(dims);
  let total = 0;
  for (let row = 0; row < rows; row++) {
    if (Number.isNaN(data[row * dims])) continue;
    axpy(sum, data, row * dims, weights[row]!, dims);
    total += weights[row]!;
  }
  const scale = metric === 'cosine' ? Math.sqrt(dot(sum, 0, sum, 0, dims)) : total;
  return scale > 0 ? sum.map((value) => value / scale) : undefined;
}

/**
 * Writes how near each row `start..end` of a block is to `vector` by the space's metric, larger is nearer: the cosine, the
 * dot product, or minus the Euclidean distance. A row of NaN gives NaN: no opinion.
 */
export function scoreVectors(
  vector: Float32Array,
  { dims, data, metric }: VectorBlock,
  out: Float32Array,
  range: { readonly start: number; readonly end: number },
): void {
  for (let c = range.start; c < range.end; c++) {
    out[c] = metric === 'euclidean' ? -distance(vector, data.subarray(c * dims)) : dot(vector, 0, data, c * dims, dims);
  }
}

function distance(a: Float32Array, b: Float32Array): number {
  let squares = 0;
  for (let d = 0; d < a.length; d++) squares += (a[d]! - b[d]!) ** 2;
  return Math.sqrt(squares);
}

/** The rows of a block at length 1, whose dot products are cosines whatever the space's metric: `[rows × dims]`. */
export function unitRows({ dims, data, metric = 'cosine' }: VectorBlock): Float32Array {
  if (metric === 'cosine') return data;
  const unit = data.slice();
  normalizeRows(unit, dims);
  return unit;
}
