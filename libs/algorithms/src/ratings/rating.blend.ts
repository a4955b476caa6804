import { invertSpd } from '@attune/numeric';
import { type RatingModel, type Ratings } from '../data/ratings.js';
import { clip, meanOf } from './rating.table.js';

/** One of the models that are blended: fitted twice, without the held-out ratings and with all. */
export interface BlendMember {
  readonly name: string;
  fit(ratings: Ratings): RatingModel;
}

export interface RatingBlendOptions {
  /** Share of the ratings that weights are learned on, above 0 and below 1. Default .1. */
  readonly heldOut?: number;
  /** L2 penalty of the weights, > 0, as so many ratings' predictions that lie 1 from their mean. Default 10. */
  readonly penalty?: number;
  /** Uniform in [0, 1): which ratings are held out. */
  readonly random: () => number;
}

/** A prediction is offset + Σ weight × the member's prediction. */
export interface RatingWeights {
  /** [members]; any sign. */
  readonly weights: Float32Array;
  readonly offset: number;
}

/**
 * Stacking by ridge regression (Breiman 1996): weights are learned on ratings that the members have not seen, then the
 * members are fitted on everything.
 * Throws RangeError for no members, bad ratings or options, and what the members throw.
 */
export function fitRatingBlend(
  ratings: Ratings,
  members: readonly BlendMember[],
  options: RatingBlendOptions,
): RatingWeights & { readonly models: readonly RatingModel[] } {
  const { heldOut = 0.1, penalty = 10, random } = options;
  if (!(heldOut > 0 && heldOut < 1)) throw new RangeError(`heldOut must be above 0 and below 1, got ${heldOut}`);
  const held = Array.from(ratings.values, () => random() < heldOut);
  const rest = pick(ratings, (i) => held[i] === false);
  const { users, items, values } = pick(ratings, (i) => held[i] === true);
  if (values.length === 0) throw new RangeError(`none of ${ratings.values.length} ratings was held out`);
  const predictions = members.map(({ fit }) => {
    const model = fit(rest);
    return values.map((_, i) => model.predict(users[i]!, items[i]!));
  });
  return { ...fitRatingWeights(predictions, values, penalty), models: members.map(({ fit }) => fit(ratings)) };
}

/**
 * @param predictions one array a member, of ratings that it has not seen
 * @param values what those ratings were
 */
export function fitRatingWeights(
  predictions: readonly Float32Array[],
  values: Float32Array,
  penalty: number,
): RatingWeights {
  const n = predictions.length;
  if (n === 0) throw new RangeError('there is nothing to blend');
  if (!(penalty > 0 && penalty < Infinity)) throw new RangeError(`penalty must be above 0, got ${penalty}`);
  const means = predictions.map(meanOf);
  const mean = meanOf(values);
  const matrix = new Float32Array(n * n);
  const right = new Float64Array(n);
  predictions.forEach((a, i) => {
    predictions.forEach((b, j) => (matrix[i * n + j] = covariation(a, means[i]!, b, means[j]!)));
    matrix[i * n + i]! += penalty;
    right[i] = covariation(a, means[i]!, values, mean);
  });
  invertSpd(matrix, n);
  const weights = Float32Array.from(means, (_, i) => right.reduce((sum, x, j) => sum + matrix[i * n + j]! * x, 0));
  return { weights, offset: weights.reduce((sum, weight, i) => sum - weight * means[i]!, mean) };
}

/** @param models in the order of the weights */
export function blendPredictor(
  { weights, offset }: RatingWeights,
  models: readonly RatingModel[],
  scale: Ratings['scale'],
): RatingModel {
  return {
    predict: (user, item) => {
      let sum = offset;
      for (let m = 0; m < models.length; m++) sum += weights[m]! * models[m]!.predict(user, item);
      return clip(sum, scale);
    },
  };
}

function pick(ratings: Ratings, keep: (index: number) => boolean): Ratings {
  const index = (_: number, i: number): boolean => keep(i);
  const { users, items, values } = ratings;
  return { ...ratings, users: users.filter(index), items: items.filter(index), values: values.filter(index) };
}

/** Sum of the products of two arrays about their means. */
function covariation(a: Float32Array, meanA: number, b: Float32Array, meanB: number): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - meanA) * (b[i]! - meanB);
  return sum;
}
