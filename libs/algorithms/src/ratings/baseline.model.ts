import { reportStep, type Watch } from '@attune/numeric';
import { type RatingModel, type Ratings } from '../data/ratings.js';
import { clip, type RatingTable, ratingTable } from './rating.table.js';

export interface BaselineOptions extends Watch {
  /** Alternating least squares or stochastic gradient descent. Default `als`. */
  readonly method?: 'als' | 'sgd';
  /** Rounds over all ratings, >= 1. Default 10 (`als`) or 20 (`sgd`). */
  readonly epochs?: number;
  /** `als`: ratings a user's bias is shrunk by, >= 0. Default 15. */
  readonly userPenalty?: number;
  /** `als`: ratings an item's bias is shrunk by, >= 0. Default 10. */
  readonly itemPenalty?: number;
  /** `sgd`: length of a step, > 0. Default .005. */
  readonly rate?: number;
  /** `sgd`: L2 penalty, >= 0. Default .02. */
  readonly penalty?: number;
}

/** How far users and items lie above the mean. */
export interface Baseline {
  readonly mean: number;
  /** [users]. */
  readonly users: Float32Array;
  /** [items]. */
  readonly items: Float32Array;
  readonly scale: readonly [number, number];
}

/**
 * Mean + bias of the user + bias of the item (Koren 2010, "Factor in the neighbors", 2.1).
 * Throws RangeError for bad ratings or options, StoppedError. Progress is in epochs.
 */
export function fitBaseline(ratings: Ratings, options: BaselineOptions = {}): Baseline {
  return baselineOf(ratingTable(ratings), options);
}

/** `fitBaseline` of ratings that are already in a table. */
export function baselineOf(table: RatingTable, options: BaselineOptions = {}): Baseline {
  check(options);
  const { byUser, byItem, mean, scale } = table;
  const baseline = { mean, users: new Float32Array(byUser.rows), items: new Float32Array(byItem.rows), scale };
  const als = (options.method ?? 'als') === 'als';
  const epochs = options.epochs ?? (als ? 10 : 20);
  for (let epoch = 0; epoch < epochs; epoch++) {
    reportStep(options, epoch, epochs);
    if (als) alternate(table, baseline, options);
    else descend(table, baseline, options);
  }
  reportStep(options, epochs, epochs);
  return baseline;
}

/** Mean plus what is known of user and item; not clipped. */
export const baselineAt = ({ mean, users, items }: Baseline, user: number, item: number): number =>
  mean + (users[user] ?? 0) + (items[item] ?? 0);

export function baselinePredictor(model: Baseline): RatingModel {
  return { predict: (user, item) => clip(baselineAt(model, user, item), model.scale) };
}

function alternate(table: RatingTable, { mean, users, items }: Baseline, options: BaselineOptions): void {
  solveSide({ rows: table.byItem, own: items, others: users, mean }, options.itemPenalty ?? 10);
  solveSide({ rows: table.byUser, own: users, others: items, mean }, options.userPenalty ?? 15);
}

interface Side {
  readonly rows: RatingTable['byUser'];
  readonly own: Float32Array;
  readonly others: Float32Array;
  readonly mean: number;
}

function solveSide({ rows, own, others, mean }: Side, penalty: number): void {
  const { indptr, indices, values } = rows;
  for (let row = 0; row < own.length; row++) {
    const [start, end] = [indptr[row]!, indptr[row + 1]!];
    let sum = 0;
    for (let k = start; k < end; k++) sum += values[k]! - mean - others[indices[k]!]!;
    if (end > start) own[row] = sum / (penalty + end - start);
  }
}

function descend({ byUser }: RatingTable, { mean, users, items }: Baseline, options: BaselineOptions): void {
  const { rate = 0.005, penalty = 0.02 } = options;
  const { indptr, indices, values } = byUser;
  for (let user = 0; user < users.length; user++)
    for (let k = indptr[user]!; k < indptr[user + 1]!; k++) {
      const item = indices[k]!;
      const error = values[k]! - mean - users[user]! - items[item]!;
      users[user]! += rate * (error - penalty * users[user]!);
      items[item]! += rate * (error - penalty * items[item]!);
    }
}

function check({ epochs = 1, userPenalty = 0, itemPenalty = 0, rate = 1, penalty = 0 }: BaselineOptions): void {
  if (!(Number.isInteger(epochs) && epochs >= 1)) throw new RangeError(`epochs must be >= 1, got ${epochs}`);
  if (!(rate > 0 && rate < Infinity)) throw new RangeError(`rate must be above 0, got ${rate}`);
  for (const [name, value] of Object.entries({ userPenalty, itemPenalty, penalty }))
    if (!(value >= 0 && value < Infinity)) throw new RangeError(`${name} must be >= 0, got ${value}`);
}
