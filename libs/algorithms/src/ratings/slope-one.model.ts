import { type Csr, reportStep, type Watch } from '@attune/numeric';
import { type RatingModel, type Ratings } from '../data/ratings.js';
import { CommonRatings } from './shared-ratings.kernel.js';
import { PairsBuilder } from './pairs.builder.js';
import { clip, meanOf, ratingTable, rowMeans } from './rating.table.js';

/** Items between two reports. */
const STEP = 64;

export interface SlopeOneModel {
  /** [items × items]: how much higher the row is rated than the column, by those who rated both. */
  readonly deviations: Csr;
  /** [users × items]. */
  readonly ratings: Csr;
  /** [users]. */
  readonly means: Float32Array;
  readonly scale: readonly [number, number];
}

/**
 * Slope One (Lemire and Maclachlan 2005): the user's mean + the mean deviation of the item from what the user rated.
 * Memory: 8 bytes for each ordered pair of items that someone rated both of.
 * Throws RangeError for bad ratings or too many pairs, StoppedError. Progress is in items.
 */
export function fitSlopeOne(ratings: Ratings, watch: Watch = {}): SlopeOneModel {
  const table = ratingTable(ratings);
  const { byUser, byItem, scale } = table;
  const common = new CommonRatings(byItem, byUser);
  const deviations = new PairsBuilder(byItem.rows);
  for (let item = 0; item < byItem.rows; item++) {
    if (item % STEP === 0) reportStep(watch, item, byItem.rows);
    common.open(item);
    for (const other of common.touched) {
      const { count, x, y } = common.with(other);
      deviations.add(other, (x - y) / count);
    }
    deviations.endRow();
  }
  reportStep(watch, byItem.rows, byItem.rows);
  return { deviations: deviations.build(), ratings: byUser, means: rowMeans(byUser, table.mean), scale };
}

/** Unknown users get the mean rating; unknown items the user's. */
export function slopeOnePredictor({ deviations, ratings, means, scale }: SlopeOneModel): RatingModel {
  const mean = meanOf(ratings.values);
  return {
    predict: (user, item) => {
      if (!(user >= 0 && user < ratings.rows)) return mean;
      const rated = ratings.indices.subarray(ratings.indptr[user], ratings.indptr[user + 1]);
      return clip(means[user]! + meanDeviation(deviations, item, rated), scale);
    },
  };
}

function meanDeviation({ indptr, indices, values, rows }: Csr, item: number, rated: Int32Array): number {
  if (!(item >= 0 && item < rows)) return 0;
  let sum = 0;
  let count = 0;
  let k = indptr[item]!;
  const end = indptr[item + 1]!;
  for (let r = 0; r < rated.length; r++) {
    while (k < end && indices[k]! < rated[r]!) k++;
    if (k === end) break;
    if (indices[k] === rated[r]) {
      sum += values[k]!;
      count++;
    }
  }
  return count > 0 ? sum / count : 0;
}
