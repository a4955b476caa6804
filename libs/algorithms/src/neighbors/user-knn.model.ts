import { Csr, topK } from '@attune/numeric';
import { type ItemHistory } from '../data/sequences.js';
import { type Baselines, fitBaselines, type KnownItems, residualsOf } from './rating-baselines.kernel.js';
import { cosines, pearsons } from './user-likeness.kernel.js';

/**
 * - `cosine`: of the users' rows; for what users have or do
 * - `pearson`: correlation over the items that both have; for ratings
 * - `pearson-baseline`: of how far ratings are above the baseline of user and item, over the items that both have
 */
export type UserSimilarity = 'cosine' | 'pearson' | 'pearson-baseline';

/** Users to compare with. */
export interface UserKnnModel {
  readonly similarity: UserSimilarity;
  /** [users × items]. Cosine: as given. Pearson: less the user's mean. Pearson-baseline: less the baseline. */
  readonly byUser: Csr;
  /** [items × users], the transpose. */
  readonly byItem: Csr;
  /** Euclidean lengths of the users' rows [users]. */
  readonly lengths: Float32Array;
  /** Baselines of the items; zeros but for `pearson-baseline`. */
  readonly baselines: Baselines;
}

export interface NeighborhoodOptions {
  /** Most similar users that speak, >= 1. Default 100. */
  readonly neighbors?: number;
  /**
   * So that few common items count less, >= 0. Cosine: added to the denominator, default 0. Pearson: times
   * (common − 1) / (common − 1 + shrinkage), default 100.
   */
  readonly shrinkage?: number;
  /** A neighbor speaks with similarity^power, > 0. Default 1. */
  readonly power?: number;
}

/**
 * User-based neighbors (Resnick et al. 1994; Pearson-baseline: Koren 2010) for people who need not be among the users:
 * an inverted index finds who has items in common with them.
 * @param matrix users × items; ratings for the two kinds of Pearson
 * Throws RangeError for an entry that is not finite.
 */
export function fitUserKnn(matrix: Csr, similarity: UserSimilarity = 'cosine'): UserKnnModel {
  const bad = matrix.values.find((value) => !Number.isFinite(value));
  if (bad !== undefined) throw new RangeError(`entries of the matrix must be finite, got ${bad}`);
  const none = { mean: 0, itemBiases: new Float32Array(matrix.cols) };
  const baselines = similarity === 'pearson-baseline' ? fitBaselines(matrix) : none;
  const byUser = similarity === 'cosine' ? matrix : lessLevels(matrix, similarity, baselines);
  const lengths = Float32Array.from({ length: matrix.rows }, (_, user) => lengthOf(byUser.row(user).values));
  return { similarity, byUser, byItem: byUser.transpose(), lengths, baselines };
}

/**
 * Fold-in: interest in every item as the sum, over the most similar users, of similarity^power × what their row holds.
 * Not divided by the similarities, so that what many of them have comes first (Cremonesi et al. 2010).
 * @param history weights are the person's entries, on the scale of the matrix
 * @returns [items], higher is better, 0 for what no neighbor has
 * Throws RangeError for bad options.
 */
export function userKnnInterests(
  model: UserKnnModel,
  history: ItemHistory,
  options: NeighborhoodOptions = {},
): Float32Array {
  const { neighbors = 100, shrinkage = model.similarity === 'cosine' ? 0 : 100, power = 1 } = options;
  if (!(Number.isInteger(neighbors) && neighbors >= 1))
    throw new RangeError(`neighbors must be >= 1, got ${neighbors}`);
  if (!(shrinkage >= 0 && shrinkage < Infinity)) throw new RangeError(`shrinkage must be >= 0, got ${shrinkage}`);
  if (!(power > 0 && power < Infinity)) throw new RangeError(`power must be above 0, got ${power}`);
  const likeness = likenessTo(model, knownOf(model.byUser.cols, history), shrinkage);
  const interests = new Float32Array(model.byUser.cols);
  const { indptr, indices, values } = model.byUser;
  for (const user of topK(likeness, neighbors)) {
    if (!(likeness[user]! > 0)) break;
    const weight = likeness[user]! ** power;
    const end = indptr[user + 1]!;
    for (let at = indptr[user]!; at < end; at++) interests[indices[at]!]! += weight * values[at]!;
  }
  return interests;
}

function likenessTo(
  { similarity, byItem, lengths, baselines }: UserKnnModel,
  known: KnownItems,
  shrinkage: number,
): Float64Array {
  if (similarity === 'cosine') return cosines({ byItem, lengths }, known, shrinkage);
  if (similarity === 'pearson') return pearsons(byItem, known, { shrinkage, centered: true });
  const values = residualsOf(baselines, known);
  return pearsons(byItem, { rows: known.rows, values }, { shrinkage, centered: false });
}

/** The part of a history that the model knows. */
function knownOf(items: number, { rows, weights }: ItemHistory): KnownItems {
  const places = Array.from({ length: rows.length }, (_, h) => h).filter((h) => rows[h]! >= 0 && rows[h]! < items);
  return { rows: places.map((h) => rows[h]!), values: places.map((h) => weights?.[h] ?? 1) };
}

/** The matrix less the users' means, or less the baselines. */
function lessLevels(matrix: Csr, similarity: UserSimilarity, baselines: Baselines): Csr {
  const { rows, cols, indptr, indices } = matrix;
  const values = new Float32Array(matrix.entries);
  for (let user = 0; user < rows; user++) {
    const row = matrix.row(user);
    const mean = row.values.reduce((sum, value) => sum + value, 0) / row.values.length;
    const own = { rows: row.indices, values: row.values };
    values.set(similarity === 'pearson' ? row.values.map((v) => v - mean) : residualsOf(baselines, own), indptr[user]);
  }
  return Csr.fromArrays({ rows, cols }, { indptr, indices, values });
}

function lengthOf(values: Float32Array): number {
  let squares = 0;
  for (const value of values) squares += value * value;
  return Math.sqrt(squares);
}
