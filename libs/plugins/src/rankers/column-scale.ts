import { ranksOf } from '@attune/algorithms';

export type Scale = 'max' | 'zscore' | 'rank' | 'none';

/**
 * Scales one request's part of a column in place, so that columns of different units can be added; NaN stays NaN.
 * `max`: divided by the largest absolute value. `zscore`: mean 0, deviation 1. `rank`: the share of opinions that are
 * not better, 1 = best, equal values share. `none`: as it is.
 */
export function scaleColumn(values: Float64Array, scale: Scale): void {
  if (scale === 'max') divideByMax(values);
  else if (scale === 'zscore') standardize(values);
  else if (scale === 'rank') toRankShares(values);
}

function divideByMax(values: Float64Array): void {
  let largest = 0;
  for (const value of values) if (Math.abs(value) > largest) largest = Math.abs(value);
  if (largest > 0) for (let c = 0; c < values.length; c++) values[c]! /= largest;
}

function standardize(values: Float64Array): void {
  const known = values.filter((value) => !Number.isNaN(value));
  if (known.length === 0) return;
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const deviation = Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length);
  for (let c = 0; c < values.length; c++) {
    const centered = values[c]! - mean;
    // Equal values say nothing about order; NaN has to stay NaN.
    values[c] = deviation > 0 ? centered / deviation : centered * 0;
  }
}

function toRankShares(values: Float64Array): void {
  const ranks = ranksOf(values);
  let opinions = 0;
  for (const rank of ranks) if (rank > 0) opinions += 1;
  for (let c = 0; c < values.length; c++) values[c] = ranks[c] === 0 ? NaN : (opinions - ranks[c]! + 1) / opinions;
}
