import { type Csr } from '@attune/numeric';
import { type KnownItems } from './rating-baselines.kernel.js';

/**
 * Cosine of a person and every user: dot / (|person| |user| + shrinkage).
 * @returns [users], 0 where they have nothing in common
 */
export function cosines(
  { byItem, lengths }: { readonly byItem: Csr; readonly lengths: Float32Array },
  { rows, values }: KnownItems,
  shrinkage: number,
): Float64Array {
  const likeness = new Float64Array(byItem.cols);
  let squares = 0;
  for (let k = 0; k < rows.length; k++) {
    const value = values[k]!;
    squares += value * value;
    const { indptr, indices, values: others } = byItem;
    const end = indptr[rows[k]! + 1]!;
    for (let at = indptr[rows[k]!]!; at < end; at++) likeness[indices[at]!]! += value * others[at]!;
  }
  const length = Math.sqrt(squares);
  for (let user = 0; user < likeness.length; user++)
    if (likeness[user] !== 0) likeness[user]! /= length * lengths[user]! + shrinkage;
  return likeness;
}

/**
 * Correlation of a person and every user over their common items, times (common − 1) / (common − 1 + shrinkage).
 * @param options.centered whether the means over the common items are taken off first
 * @returns [users], 0 where they have less than two items in common or do not vary
 */
export function pearsons(
  byItem: Csr,
  { rows, values }: KnownItems,
  options: { readonly shrinkage: number; readonly centered: boolean },
): Float64Array {
  const sums = new Float64Array(byItem.cols * TERMS);
  const { indptr, indices, values: others } = byItem;
  for (let k = 0; k < rows.length; k++) {
    const x = values[k]!;
    const end = indptr[rows[k]! + 1]!;
    for (let at = indptr[rows[k]!]!; at < end; at++) {
      const y = others[at]!;
      const to = indices[at]! * TERMS;
      sums[to]! += 1;
      sums[to + 1]! += x;
      sums[to + 2]! += y;
      sums[to + 3]! += x * x;
      sums[to + 4]! += y * y;
      sums[to + 5]! += x * y;
    }
  }
  return Float64Array.from({ length: byItem.cols }, (_, user) => pearson(sums, user * TERMS, options));
}

/** Numbers kept of a user: common items, and the sums of x, y, x², y² and xy over them. */
const TERMS = 6;
/** Variances below this share of the squares are rounding. */
const ROUNDING = 1e-9;

function pearson(
  sums: Float64Array,
  from: number,
  { shrinkage, centered }: { readonly shrinkage: number; readonly centered: boolean },
): number {
  const count = sums[from]!;
  if (count < 2) return 0;
  const [x, y] = [sums[from + 1]!, sums[from + 2]!];
  const [xx, yy] = [sums[from + 3]!, sums[from + 4]!];
  const share = centered ? 1 / count : 0;
  const varX = xx - share * x * x;
  const varY = yy - share * y * y;
  if (!(varX > ROUNDING * xx && varY > ROUNDING * yy)) return 0;
  const correlation = (sums[from + 5]! - share * x * y) / Math.sqrt(varX * varY);
  return (correlation * (count - 1)) / (count - 1 + shrinkage);
}
