import { dot } from '@attune/numeric';
import { type ItemBiases, type OwnRatings, type RatingOf, residualsOf } from './own.ratings.js';
import { solveRidge } from './ridge.solver.js';
import { type SvdOptions } from './svd.descent.js';

/** The items of an SVD model: nothing of it belongs to a user. */
export interface SvdItems extends ItemBiases {
  /** [items × dims]. */
  readonly factors: Float32Array;
  readonly dims: number;
}

/** How the model was learned. */
export type SvdLearning = Required<Pick<SvdOptions, 'epochs' | 'rate' | 'penalty'>>;

/**
 * What a user would give each item of an SVD model that was learned without him: bias and factor by ridge regression of
 * what he gave, items as they are. The ridge is `penalty` times his ratings, which is what the descent charges a user,
 * and 1 / (rate × epochs) for that it stops early (Ali, Kolter and Tibshirani 2019, "A continuous-time view of early
 * stopping for least squares regression"). Costs some ten to twenty times 2 × ratings × dims, a prediction dims.
 * Without ratings, mean + bias of the item; of an unknown item, mean + bias of the user.
 */
export function foldInSvd(model: SvdItems, learning: SvdLearning, own: OwnRatings): RatingOf {
  const { mean, biases, factors, dims } = model;
  const { user, bias } = solvedUser(model, learning, own);
  const start = mean + bias;
  return (item) =>
    item >= 0 && item < biases.length ? start + biases[item]! + dot(user, 0, factors, item * dims, dims) : start;
}

/** A function of its own: what is kept of it is the user [dims], and not what was solved for. */
function solvedUser(
  model: SvdItems,
  { epochs, rate, penalty }: SvdLearning,
  own: OwnRatings,
): { readonly user: Float32Array; readonly bias: number } {
  const { factors, dims } = model;
  const { items, values } = residualsOf(model, own);
  // A last column of 1: the user's bias.
  const width = dims + 1;
  const rows = new Float64Array(items.length * width).fill(1);
  items.forEach((item, k) => rows.set(factors.subarray(item * dims, (item + 1) * dims), k * width));
  const solved = solveRidge({ rows, width, targets: values }, penalty * items.length + 1 / (rate * epochs));
  return { user: Float32Array.from(solved.subarray(0, dims)), bias: solved[dims]! };
}
