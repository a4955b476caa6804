import { Csr } from '@attune/numeric';
import { type RatingModel, type Ratings } from '../data/ratings.js';
import { type Baseline, baselineAt, baselineOf, type BaselineOptions } from './baseline.model.js';
import { NearestMean } from './nearest.mean.js';
import { ratingSimilarities, type SimilarityOptions } from './rating.similarity.js';
import { clip, type RatingTable, ratingTable, rowMeans } from './rating.table.js';

export interface RatingKnnOptions extends SimilarityOptions {
  /** Whether users or items are neighbors. Default `user`. */
  readonly of?: 'user' | 'item';
  /**
   * What neighbors' ratings are averaged about: nothing, each neighbor's mean, mean and deviation, or the baseline.
   * Default `basic`.
   */
  readonly kind?: 'basic' | 'means' | 'z-score' | 'baseline';
  /** Most neighbors in a prediction, >= 1: the most similar among those with a rating. Default 40. */
  readonly neighbors?: number;
  /** With fewer, a prediction is what the neighbors would have been averaged about. Default 1. */
  readonly minNeighbors?: number;
  /** For kind `baseline` and similarity `pearson-baseline`. */
  readonly baseline?: Omit<BaselineOptions, 'progress' | 'shouldStop'>;
}

/** "Rows" are what neighbors are of, users or items; "columns" are the others. */
export interface RatingKnnModel {
  readonly of: 'user' | 'item';
  /** [rows × rows]: positive similarities. */
  readonly similarities: Csr;
  /** [columns × rows]: ratings less the base, by the row's spread. */
  readonly deviations: Csr;
  /** What a prediction starts from. */
  readonly base: Baseline;
  /** [rows]: standard deviations, or 1. */
  readonly spreads: Float32Array;
  readonly neighbors: number;
  readonly minNeighbors: number;
}

/**
 * Neighborhood models (Herlocker et al. 1999; Koren 2010): base + the mean of the nearest neighbors' deviations from
 * theirs, weighted by similarity. Memory: 8 bytes for each ordered pair of rows with a positive similarity.
 * Throws RangeError for bad ratings, options or too many pairs, StoppedError. Progress is in rows.
 */
export function fitRatingKnn(ratings: Ratings, options: RatingKnnOptions = {}): RatingKnnModel {
  const { of = 'user', kind = 'basic', neighbors = 40, minNeighbors = 1 } = options;
  for (const [name, value] of Object.entries({ neighbors, minNeighbors }))
    if (!(Number.isInteger(value) && value >= 1)) throw new RangeError(`${name} must be >= 1, got ${value}`);
  const table = ratingTable(ratings);
  const rows = of === 'user' ? table.byUser : table.byItem;
  const base = baseOf(table, rows, options);
  const spreads = kind === 'z-score' ? spreadsOf(rows, table.mean) : new Float32Array(rows.rows).fill(1);
  const deviations = lessBase(rows, of, base);
  const compared =
    options.similarity === 'pearson-baseline' ? lessBase(rows, of, baselineOf(table, options.baseline)) : rows;
  const similarities = ratingSimilarities(compared, compared.transpose(), options);
  const { indptr, values } = deviations;
  for (let row = 0; row < rows.rows; row++)
    for (let k = indptr[row]!; k < indptr[row + 1]!; k++) values[k]! /= spreads[row]!;
  return { of, similarities, deviations: deviations.transpose(), base, spreads, neighbors, minNeighbors };
}

/** Rows and columns that are unknown fall back to the base. */
export function ratingKnnPredictor(model: RatingKnnModel): RatingModel {
  const { of, base, spreads, minNeighbors } = model;
  const nearest = new NearestMean(model.similarities, model.deviations, model.neighbors);
  return {
    predict: (user, item) => {
      const row = of === 'user' ? user : item;
      const { count, mean } = nearest.find(row, of === 'user' ? item : user);
      const deviation = count >= minNeighbors ? mean * (spreads[row] ?? 0) : 0;
      return clip(baselineAt(base, user, item) + deviation, base.scale);
    },
  };
}

function baseOf(table: RatingTable, rows: Csr, { of, kind, baseline }: RatingKnnOptions): Baseline {
  if (kind === 'baseline') return baselineOf(table, baseline);
  const { mean, scale, byUser, byItem } = table;
  const base = { mean, users: new Float32Array(byUser.rows), items: new Float32Array(byItem.rows), scale };
  if (kind === undefined || kind === 'basic') return base;
  const biases = rowMeans(rows, mean).map((value) => value - mean);
  return of === 'item' ? { ...base, items: biases } : { ...base, users: biases };
}

function lessBase(rows: Csr, of: 'user' | 'item', base: Baseline): Csr {
  const { indptr, indices } = rows;
  const values = rows.values.slice();
  for (let row = 0; row < rows.rows; row++)
    for (let k = indptr[row]!; k < indptr[row + 1]!; k++)
      values[k]! -= of === 'user' ? baselineAt(base, row, indices[k]!) : baselineAt(base, indices[k]!, row);
  return Csr.fromArrays(rows, { indptr, indices, values });
}

/** Standard deviation of each row, or of all where a row's is 0. */
function spreadsOf(rows: Csr, mean: number): Float32Array {
  const whole = deviationOf(rows.values, mean) || 1;
  const means = rowMeans(rows, mean);
  return means.map((center, row) => deviationOf(rows.row(row).values, center) || whole);
}

function deviationOf(values: Float32Array, mean: number): number {
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return Math.sqrt(squares / Math.max(values.length, 1));
}
