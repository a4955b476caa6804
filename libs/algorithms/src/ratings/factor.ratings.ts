import { dot } from '@attune/numeric';
import { type RatingModel } from '../data/ratings.js';
import { type Baseline, baselineAt } from './baseline.model.js';
import { clip } from './rating.table.js';

/** A baseline and, of each pair, the product of the user's and the item's factor. */
export interface FactorRatings {
  readonly baseline: Baseline;
  /** [users × dims]. */
  readonly users: Float32Array;
  /** [items × dims]. */
  readonly items: Float32Array;
  readonly dims: number;
}

/** Users and items that are unknown have no factor: what is left is the baseline. */
export function factorPredictor({ baseline, users, items, dims }: FactorRatings): RatingModel {
  const userCount = baseline.users.length;
  const itemCount = baseline.items.length;
  return {
    predict: (user, item) => {
      const known = user >= 0 && user < userCount && item >= 0 && item < itemCount;
      const product = known ? dot(users, user * dims, items, item * dims, dims) : 0;
      return clip(baselineAt(baseline, user, item) + product, baseline.scale);
    },
  };
}
