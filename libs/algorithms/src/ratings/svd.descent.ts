import { type DescentSteps, openRatingDescent, type RatingDescent, reportStep, type Watch } from '@attune/numeric';
import { Draws } from './chance.draws.js';
import { type FactorRatings } from './factor.ratings.js';
import { type RatingTable } from './rating.table.js';

export interface SvdOptions extends Watch {
  /** Length of a factor, >= 1. Default 100 (SVD++: 20). */
  readonly dims?: number;
  /** Rounds over all ratings, >= 1. Default 20. */
  readonly epochs?: number;
  /** Length of a step, > 0. Default .005 (SVD++: .007). */
  readonly rate?: number;
  /** L2 penalty of factors and biases, >= 0. Default .02. */
  readonly penalty?: number;
  /** Standard deviation of the first factors, >= 0. Default .1. */
  readonly deviation?: number;
  /** Uniform in [0, 1): the start. The same numbers give the same model. */
  readonly random: () => number;
}

export type SvdSteps = Omit<DescentSteps, 'mean'>;

/** Ratings between two reports. */
const STEP = 1 << 16;

/** Throws RangeError. */
export function checkSvd({ dims = 1, epochs = 1, rate = 1, penalty = 0, deviation = 0 }: SvdOptions): void {
  for (const [name, value] of Object.entries({ dims, epochs }))
    if (!(Number.isInteger(value) && value >= 1)) throw new RangeError(`${name} must be >= 1, got ${value}`);
  for (const [name, value] of Object.entries({ penalty, deviation }))
    if (!(value >= 0 && value < Infinity)) throw new RangeError(`${name} must be >= 0, got ${value}`);
  if (!(rate > 0 && rate < Infinity)) throw new RangeError(`rate must be above 0, got ${rate}`);
}

/** Biases of 0 and normal factors. */
export function startFactors(table: RatingTable, dims: number, draws: () => number): FactorRatings {
  const { byUser, byItem, mean, scale } = table;
  const factors = (rows: number): Float32Array => Float32Array.from({ length: rows * dims }, draws);
  const baseline = { mean, users: new Float32Array(byUser.rows), items: new Float32Array(byItem.rows), scale };
  return { baseline, users: factors(byUser.rows), items: factors(byItem.rows), dims };
}

/** Normal numbers of a deviation. */
export function normals(deviation: number, random: () => number): () => number {
  const draws = new Draws(random);
  return () => deviation * draws.normal();
}

/** Calls `learn` for each user with ratings in each epoch. */
export function eachUser({ byUser }: RatingTable, epochs: number, watch: Watch, learn: (user: number) => void): void {
  const { indptr, entries, rows } = byUser;
  let due = 0;
  for (let epoch = 0; epoch < epochs; epoch++)
    for (let user = 0; user < rows; user++) {
      const done = epoch * entries + indptr[user]!;
      if (done >= due) {
        reportStep(watch, done, epochs * entries);
        due = done + STEP;
      }
      if (indptr[user + 1]! > indptr[user]!) learn(user);
    }
  reportStep(watch, epochs * entries, epochs * entries);
}

/** A descent that starts from the model's item factors. */
export function openDescent({ byUser, mean }: RatingTable, model: FactorRatings, steps: SvdSteps): RatingDescent {
  const { items, dims } = model;
  const descent = openRatingDescent(byUser, dims, { ...steps, mean });
  for (let item = 0; item < byUser.cols; item++)
    descent.items.set(items.subarray(item * dims, (item + 1) * dims), item * descent.width);
  return descent;
}

/** Writes item factors and biases of a descent to the model. */
export function closeDescent({ items, width, biases }: RatingDescent, model: FactorRatings): void {
  const { dims, baseline } = model;
  baseline.items.set(biases);
  for (let item = 0; item < biases.length; item++)
    model.items.set(items.subarray(item * width, item * width + dims), item * dims);
}
