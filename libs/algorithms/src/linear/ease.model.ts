import { axpy, type Csr, gram, invertSpd, type Watch } from '@attune/numeric';
import { checkPenalty, dampingOf, type EasePenalty, ridgeOf, weighUsers } from './ease.penalty.js';
import { phaseOf } from './phase.watch.js';

/** n^2 floats and n^3 / 2 multiply-adds: 400 MB and about half a minute at this size. */
export const EASE_MAX_ITEMS = 10_000;

export interface EaseOptions extends Watch, EasePenalty {}

/**
 * EASE (Steck 2019, "Embarrassingly Shallow Autoencoders for Sparse Data"): the item-to-item weights B with zero
 * diagonal that minimize |X - X B|^2 + lambda |B|^2. With P = inverse(X^T X + lambda I): B_ij = -P_ij / P_jj.
 * `dropout` adds to the diagonal, `activityPower` divides rows of X, `popularityPower` columns of B.
 *
 * @param matrix users x items, binary or weighted
 * @returns B [items x items] in row order; row i is what having item i says about every item
 * Throws RangeError for lambda <= 0 or more than 10,000 items, NotPositiveDefiniteError, StoppedError.
 * Progress is in items: first those of the Gram matrix, then those of the inverse.
 */
export function fitEase(matrix: Csr, options: EaseOptions): Float32Array {
  const n = matrix.cols;
  checkPenalty(options);
  if (n > EASE_MAX_ITEMS)
    throw new RangeError(`EASE takes at most ${EASE_MAX_ITEMS} items, got ${n}: keep the most popular or use item-knn`);
  const weights = gram(weighUsers(matrix, options), phaseOf(options, 0, 2 * n));
  const squares = Float64Array.from({ length: n }, (_, i) => weights[i * (n + 1)]!);
  for (let i = 0; i < n; i++) weights[i * (n + 1)]! += ridgeOf(squares[i]!, options);
  invertSpd(weights, n, phaseOf(options, n, 2 * n));
  const scales = squares.map((square, j) => -dampingOf(square, options) / weights[j * (n + 1)]!);
  for (let i = 0; i < n; i++) {
    const start = i * n;
    for (let j = 0; j < n; j++) weights[start + j]! *= scales[j]!;
    weights[start + i] = 0;
  }
  return weights;
}

/**
 * Fold-in: interest in every item given a history, the weighted sum of its rows of B. Costs history x n.
 * @param weights B [n x n]
 * @param historyRows items of the history; numbers outside 0..n-1 (such as -1, a cold item) are skipped
 * @param historyWeights one a history item
 * @returns interests [n], higher is better, 0 for an empty history
 */
export function easeInterests(
  weights: Float32Array,
  n: number,
  historyRows: ArrayLike<number>,
  historyWeights: ArrayLike<number>,
): Float32Array {
  if (weights.length !== n * n) throw new RangeError(`${weights.length} weights are not ${n} x ${n}`);
  const interests = new Float32Array(n);
  for (let h = 0; h < historyRows.length; h++) {
    const row = historyRows[h]!;
    if (row >= 0 && row < n) axpy(interests, weights, row * n, historyWeights[h] ?? 0, n);
  }
  return interests;
}
