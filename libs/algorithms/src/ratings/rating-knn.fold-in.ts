import { Csr } from '@attune/numeric';
import { NearestMean } from './nearest.mean.js';
import { type ItemBiases, type OwnRatings, type RatingOf, type Residuals, residualsOf } from './own.ratings.js';

/** The items of a neighborhood model about the baseline: nothing of it belongs to a user. */
export interface KnnItems extends ItemBiases {
  /** [items × items], positive: those of a row are what a prediction of it listens to. */
  readonly similarities: Csr;
}

export interface KnnFoldIn {
  /** Most neighbors in a prediction, >= 1. */
  readonly neighbors: number;
  /** Ratings the user's bias is shrunk by, >= 0. */
  readonly userPenalty: number;
  /**
   * Similarity that halves what neighbors say, >= 0: added to the sum that their deviations are divided by, so that few and
   * distant neighbors say less. 0: they say as much as many near ones.
   */
  readonly damping: number;
}

/**
 * What a user would give each item of a model of neighbors (`of: 'item'`, kind `baseline`; Koren 2010) that was learned
 * without him: mean + biases + the mean of how far his own nearest ratings lie above theirs, weighted by similarity.
 * Without damping that is what `ratingKnnPredictor` says of a user whom the model was learned from. A prediction costs his
 * ratings + the similarities of the item.
 * Without ratings, mean + bias of the item; of an unknown item, mean + bias of the user.
 */
export function foldInRatingKnn(model: KnnItems, how: KnnFoldIn, own: OwnRatings): RatingOf {
  const { mean, biases, similarities } = model;
  const residuals = residualsOf(model, own);
  const bias = shrunkMean(residuals, how.userPenalty);
  const deviations = Csr.fromArrays(
    { rows: 1, cols: biases.length },
    {
      indptr: Int32Array.of(0, residuals.items.length),
      indices: residuals.items,
      values: residuals.values.map((value) => value - bias),
    },
  );
  const nearest = new NearestMean(similarities, deviations, how.neighbors);
  return (item) => {
    const near = nearest.find(item, 0);
    const said = near.count > 0 ? (near.mean * near.weight) / (near.weight + how.damping) : 0;
    return mean + bias + (biases[item] ?? 0) + said;
  };
}

/**
 * How far a user whom a baseline was learned without rates above the mean, as its alternating least squares have it:
 * Σ (rating − mean − bias of the item) / (`userPenalty` + ratings). 0 without ratings.
 */
export function foldInBaseline(model: ItemBiases, userPenalty: number, own: OwnRatings): number {
  return shrunkMean(residualsOf(model, own), userPenalty);
}

function shrunkMean({ values }: Residuals, penalty: number): number {
  if (values.length === 0) return 0;
  return values.reduce((sum, value) => sum + value, 0) / (penalty + values.length);
}
