import { axpy, dot, normalizeRows } from '@attune/numeric';
import type { TextVectors } from './text.vectors.js';

/** How vectors of texts are made round, before anything is learned from what people do. */
export interface TextWhitening {
  readonly dims: number;
  /** Mean vector [dims]. */
  readonly center: Float32Array;
  /** Lower triangle L⁻¹ [dims × dims, by row], where L Lᵀ is the covariance with its ridge. */
  readonly factor: Float32Array;
}

/** Texts that a covariance is estimated from at most; more make it no better. */
const MOST_TEXTS = 5_000;

/**
 * Whitening of vectors of texts, by the covariance of up to 5,000 of them. Encoders put texts of one kind of thing into
 * a narrow cone; of what remains when their mean and spread are taken out, cosines say more (Su et al. 2021).
 * @param ridge added to each variance, as a share of the mean variance, > 0: the higher, the less is whitened
 */
export function whiteningOf({ values, dims }: TextVectors, ridge: number): TextWhitening {
  const count = values.length / dims;
  const step = Math.ceil(count / MOST_TEXTS);
  const places = Array.from({ length: Math.ceil(count / step) }, (_, i) => i * step * dims);
  const center = new Float64Array(dims);
  for (const from of places) for (let k = 0; k < dims; k++) center[k]! += values[from + k]! / places.length;
  const covariance = new Float64Array(dims * dims);
  const row = new Float64Array(dims);
  for (const from of places) {
    for (let k = 0; k < dims; k++) row[k] = values[from + k]! - center[k]!;
    for (let a = 0; a < dims; a++) for (let b = 0; b <= a; b++) covariance[a * dims + b]! += row[a]! * row[b]!;
  }
  let trace = 0;
  for (let k = 0; k < dims; k++) trace += covariance[k * dims + k]!;
  // Equal texts have no variance at all: they are left as they are.
  const added = trace > 0 ? (ridge * trace) / dims : 1;
  for (let k = 0; k < dims; k++) covariance[k * dims + k]! += added;
  return { dims, center: Float32Array.from(center), factor: inverseFactor(covariance, dims) };
}

/** Whitened and scaled to length 1 [texts × dims]; the mean text becomes 0. dims² operations a text. */
export function whitened({ values, dims }: TextVectors, { center, factor }: TextWhitening): Float32Array {
  const rows = new Float32Array(values.length);
  const row = new Float32Array(dims);
  for (let from = 0; from < values.length; from += dims) {
    for (let k = 0; k < dims; k++) row[k] = values[from + k]! - center[k]!;
    for (let k = 0; k < dims; k++) rows[from + k] = dot(factor, k * dims, row, 0, k + 1);
  }
  normalizeRows(rows, dims);
  return rows;
}

/** The inverse of the Cholesky factor of a symmetric positive definite matrix, of which the lower triangle is read. */
function inverseFactor(matrix: Float64Array, n: number): Float32Array {
  const lower = matrix.slice();
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = lower[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= lower[i * n + k]! * lower[j * n + k]!;
      lower[i * n + j] = i === j ? Math.sqrt(sum) : sum / lower[j * n + j]!;
    }
  const inverse = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    // Row i of the inverse: (e_i - Σ_k<i L_ik × row k) / L_ii.
    const row = inverse.subarray(i * n, i * n + n);
    row[i] = 1;
    for (let k = 0; k < i; k++) axpy(row, inverse, k * n, -lower[i * n + k]!, k + 1);
    for (let k = 0; k <= i; k++) row[k]! /= lower[i * n + i]!;
  }
  return Float32Array.from(inverse);
}
