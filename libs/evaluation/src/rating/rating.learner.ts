import type { RatingModel, Ratings } from '@attune/algorithms';
import type { Watch } from '@attune/numeric';
import type { Options, Grid } from '../search/options.js';

/** A way to make a model that predicts ratings: one file each, listed in `rating.learners.ts`. */
export interface RatingLearner {
  readonly name: string;
  /** One line: what it is. */
  readonly summary: string;
  readonly grid: Grid;
  /** Its part of the time beside the others'. Default 1. */
  readonly timeWeight?: number;
  fit(
    ratings: Ratings,
    options: Options,
    context: { readonly random: () => number; readonly watch: Watch },
  ): RatingModel;
}
