import { type Csr } from '@attune/numeric';

/** What a rating is without knowing the taste of its user: mean + bias of the item + bias of the user. */
export interface Baselines {
  readonly mean: number;
  /** How far ratings of an item are above the mean [items]; 0 for an item without any. */
  readonly itemBiases: Float32Array;
}

/** Known entries of one person: items and values of equal length. */
export interface KnownItems {
  readonly rows: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

/** Ratings by which a bias is pulled to 0, and how often users and items take turns (Koren 2010, Surprise). */
const ITEM_PULL = 10;
const USER_PULL = 15;
const TURNS = 10;

/** Baselines by alternating least squares with pulled biases. */
export function fitBaselines(matrix: Csr): Baselines {
  const { indptr, indices, values, rows, cols } = matrix;
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const itemBiases = new Float32Array(cols);
  for (let turn = 0; turn < TURNS; turn++) {
    const sums = new Float64Array(cols);
    const counts = new Float64Array(cols).fill(ITEM_PULL);
    for (let user = 0; user < rows; user++) {
      const bias = userBias({ mean, itemBiases }, matrix.row(user));
      for (let at = indptr[user]!; at < indptr[user + 1]!; at++) {
        sums[indices[at]!]! += values[at]! - mean - bias;
        counts[indices[at]!]! += 1;
      }
    }
    for (let item = 0; item < cols; item++) itemBiases[item] = sums[item]! / counts[item]!;
  }
  return { mean, itemBiases };
}

/** How far the entries are above their baselines, the person's own bias included. */
export function residualsOf(baselines: Baselines, { rows, values }: KnownItems): Float64Array {
  const bias = userBias(baselines, { indices: rows, values });
  const { mean, itemBiases } = baselines;
  return Float64Array.from({ length: rows.length }, (_, k) => values[k]! - mean - bias - itemBiases[rows[k]!]!);
}

function userBias(
  { mean, itemBiases }: Baselines,
  { indices, values }: { readonly indices: ArrayLike<number>; readonly values: ArrayLike<number> },
): number {
  let sum = 0;
  for (let k = 0; k < indices.length; k++) sum += values[k]! - mean - itemBiases[indices[k]!]!;
  return sum / (indices.length + USER_PULL);
}
