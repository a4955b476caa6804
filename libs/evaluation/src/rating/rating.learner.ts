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
  /**
   * Whether a share of the users tells which of its options are better, so that a search may judge them on that first.
   * Default false: of neighbors it does not.
   */
  readonly rungs?: boolean;
  fit(
    ratings: Ratings,
    options: Options,
    context: { readonly random: () => number; readonly watch: Watch },
  ): RatingModel;
}
