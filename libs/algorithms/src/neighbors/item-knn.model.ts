import { type Csr, reportStep, type Watch } from '@attune/numeric';
import { bm25, type Bm25Options, tfidf } from './column-weights.kernel.js';
import { rowSums } from './row-sums.kernel.js';
import { SparseSums } from './sparse-sums.kernel.js';
import { TopRows } from './top-rows.builder.js';

/** `tfidf` and `bm25`: over weighted columns, see `fitItemKnn`. `lift`: how many times as often as by chance. */
export type ItemSimilarity = 'cosine' | 'lift' | 'tfidf' | 'bm25';

export interface ItemKnnOptions extends Watch, Bm25Options {
  /** Neighbors kept for each item, >= 1. Default 100. */
  neighbors?: number;
  /**
   * So that few common users count less, >= 0. Default 0. Lift: times common / (common + shrinkage). Cosines: added to
   * the denominator. BM25: unused.
   */
  shrinkage?: number;
  /** Default `cosine`. */
  similarity?: ItemSimilarity;
  /** Least x_i . x_j of neighbors, >= 0: common users in a binary matrix that is not weighted. Default 0. */
  minCommon?: number;
}

/** Items between two reports. */
const STEP = 64;

/**
 * Item-based neighbors (Sarwar et al. 2001) over the users' columns x.
 * - `cosine`: x_i . x_j / (|x_i| |x_j| + shrinkage)
 * - `lift`: users × x_i . x_j / (|x_i|² |x_j|²) × x_i . x_j / (x_i . x_j + shrinkage), for a binary matrix
 * - `tfidf`: cosine of columns weighted by how few items a user has
 * - `bm25`: x_i . x_j of columns weighted by BM25 with `k1` and `b`
 *
 * @param matrix users x items, binary or weighted
 * @returns items x items; row i holds the item's most similar others with their positive similarity
 * Throws RangeError for bad options, StoppedError. Progress is in items.
 */
export function fitItemKnn(matrix: Csr, options: ItemKnnOptions = {}): Csr {
  const { neighbors = 100, shrinkage = 0, minCommon = 0, similarity = 'cosine' } = options;
  if (!(shrinkage >= 0 && shrinkage < Infinity)) throw new RangeError(`shrinkage must be >= 0, got ${shrinkage}`);
  const n = matrix.cols;
  const result = new TopRows(n, n, neighbors);
  const byUser = weighted(matrix, similarity, options);
  const byItem = byUser.transpose();
  const norms = Float64Array.from({ length: n }, (_, item) => norm(byItem.row(item).values));
  const compare = comparison(similarity, shrinkage, matrix.rows);
  const common = new SparseSums(n);
  for (let item = 0; item < n; item++) {
    if (item % STEP === 0) reportStep(options, item, n);
    const users = byItem.row(item);
    for (let u = 0; u < users.indices.length; u++) common.addRow(byUser, users.indices[u]!, users.values[u]!);
    result.add(common.touched(), (other) => {
      const product = common.sums[other]!;
      return other === item || product < minCommon ? 0 : compare(product, norms[item]! * norms[other]!);
    });
    common.clear();
  }
  reportStep(options, n, n);
  return result.build();
}

/**
 * Fold-in: interest in every item given a history, the weighted sum of its items' similarities. Costs only neighbors.
 * @param neighbors from `fitItemKnn` [n x n]
 * @param historyRows items of the history; numbers outside 0..n-1 (such as -1, a cold item) are skipped
 * @param historyWeights one a history item
 * @returns interests [n], higher is better, 0 for items that neighbor nothing in the history
 */
export function itemKnnInterests(
  neighbors: Csr,
  historyRows: ArrayLike<number>,
  historyWeights: ArrayLike<number>,
): Float32Array {
  return rowSums(neighbors, { rows: historyRows, weights: historyWeights });
}

function weighted(matrix: Csr, similarity: ItemSimilarity, options: Bm25Options): Csr {
  if (similarity === 'tfidf') return tfidf(matrix);
  return similarity === 'bm25' ? bm25(matrix, options) : matrix;
}

/** From x_i . x_j and |x_i| |x_j| to how similar the two are. */
function comparison(
  measure: ItemSimilarity,
  shrinkage: number,
  users: number,
): (common: number, norms: number) => number {
  if (measure === 'bm25') return (common) => common;
  if (measure !== 'lift') return (common, norms) => common / (norms + shrinkage);
  return (common, norms) => ((users * common) / norms ** 2) * (common / (common + shrinkage));
}

function norm(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return Math.sqrt(sum);
}
