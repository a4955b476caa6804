import { type Csr, reportStep, type Watch } from '@attune/numeric';
import { TopRows } from '../neighbors/top-rows.builder.js';
import { CommonRatings, type CommonSums } from './shared-ratings.kernel.js';
import { PairsBuilder } from './pairs.builder.js';

/** `msd`: 1 / (mean squared difference + 1). `pearson-baseline`: correlation about the baseline, shrunk. */
export type RatingMeasure = 'cosine' | 'msd' | 'pearson' | 'pearson-baseline';

export interface SimilarityOptions extends Watch {
  /** Default `msd`. */
  readonly similarity?: RatingMeasure;
  /** Fewest ratings in common, >= 1. Default 1. */
  readonly minSupport?: number;
  /** `pearson-baseline`: common ratings that halve a similarity, >= 0. Default 100. */
  readonly shrinkage?: number;
  /** Others kept of each row, the most similar, >= 1. Default all. */
  readonly mostSimilar?: number;
}

/** Rows between two reports. */
const STEP = 64;

/**
 * Similarity of rows over the columns that both have, where it is positive (what is not takes no part in a mean of
 * neighbors): [rows × rows], at most 1.
 * @param rows ratings, or for `pearson-baseline` what they are above the baseline
 * @param columns the transpose of `rows`
 */
export function ratingSimilarities(rows: Csr, columns: Csr, options: SimilarityOptions): Csr {
  const { similarity = 'msd', minSupport = 1, shrinkage = 100, mostSimilar } = options;
  if (!(minSupport >= 1)) throw new RangeError(`minSupport must be >= 1, got ${minSupport}`);
  if (!(shrinkage >= 0 && shrinkage < Infinity)) throw new RangeError(`shrinkage must be >= 0, got ${shrinkage}`);
  if (mostSimilar !== undefined && !(Number.isInteger(mostSimilar) && mostSimilar >= 1))
    throw new RangeError(`mostSimilar must be >= 1, got ${mostSimilar}`);
  const measure = MEASURES[similarity];
  const common = new CommonRatings(rows, columns);
  const result = openRows(rows.rows, mostSimilar);
  for (let row = 0; row < rows.rows; row++) {
    if (row % STEP === 0) reportStep(options, row, rows.rows);
    common.open(row);
    result.add(common.touched, (other) => {
      const sums = common.with(other);
      return other === row || sums.count < minSupport ? 0 : Math.min(measure(sums, shrinkage), 1);
    });
  }
  reportStep(options, rows.rows, rows.rows);
  return result.build();
}

/** Rows of what is above 0, each cut to so many. */
function openRows(rows: number, most: number | undefined): Pick<TopRows, 'add' | 'build'> {
  if (most !== undefined) return new TopRows(rows, rows, most);
  const pairs = new PairsBuilder(rows);
  return {
    add(columns, scoreOf) {
      for (const column of columns) {
        const score = scoreOf(column);
        if (score > 0) pairs.add(column, score);
      }
      pairs.endRow();
    },
    build: () => pairs.build(),
  };
}

type Measure = (sums: CommonSums, shrinkage: number) => number;

const MEASURES: Readonly<Record<RatingMeasure, Measure>> = {
  cosine: ({ xx, yy, xy }) => xy / Math.sqrt(xx * yy),
  msd: ({ count, xx, yy, xy }) => 1 / ((xx + yy - 2 * xy) / count + 1),
  pearson: ({ count, x, y, xx, yy, xy }) =>
    (count * xy - x * y) / Math.sqrt((count * xx - x * x) * (count * yy - y * y)),
  'pearson-baseline': ({ count, xx, yy, xy }, shrinkage) =>
    (xy / Math.sqrt(xx * yy)) * ((count - 1) / (count - 1 + shrinkage)),
};
