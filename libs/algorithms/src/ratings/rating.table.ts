import { Csr } from '@attune/numeric';
import { type Ratings } from '../data/ratings.js';

/** Ratings by user and by item, each pair once. */
export interface RatingTable {
  /** [users × items]. */
  readonly byUser: Csr;
  /** [items × users]. */
  readonly byItem: Csr;
  /** Mean of all ratings. */
  readonly mean: number;
  readonly scale: readonly [number, number];
}

/**
 * The ratings as matrices. A pair that was rated more than once counts once, with the mean of its ratings.
 * Throws RangeError for no ratings, columns that differ in length, rows out of range, values that are not within the
 * scale (such as NaN) and a scale that does not ascend.
 */
export function ratingTable(ratings: Ratings): RatingTable {
  const { users, items, values, userCount, itemCount, scale } = ratings;
  if (values.length === 0) throw new RangeError('there are no ratings');
  if (!(scale[0] <= scale[1])) throw new RangeError(`the scale ${scale[0]} to ${scale[1]} does not ascend`);
  for (let i = 0; i < values.length; i++)
    if (!(values[i]! >= scale[0] && values[i]! <= scale[1]))
      throw new RangeError(`rating ${i} is ${values[i]}, which is not within ${scale[0]} to ${scale[1]}`);
  const byUser = Csr.fromTriplets({ rows: users, cols: items, values }, userCount, itemCount);
  const counts = Csr.fromTriplets({ rows: users, cols: items }, userCount, itemCount).values;
  for (let i = 0; i < counts.length; i++) byUser.values[i]! /= counts[i]!;
  return { byUser, byItem: byUser.transpose(), mean: meanOf(byUser.values), scale };
}

/** The nearest number within the scale. */
export const clip = (value: number, [low, high]: readonly [number, number]): number =>
  value < low ? low : value > high ? high : value;

/** Mean of each row's values; `otherwise` for rows that have none. */
export function rowMeans({ indptr, values, rows }: Csr, otherwise: number): Float32Array {
  return Float32Array.from({ length: rows }, (_, row) => {
    const own = values.subarray(indptr[row], indptr[row + 1]);
    return own.length > 0 ? meanOf(own) : otherwise;
  });
}

/** Of one value or more. */
export function meanOf(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
