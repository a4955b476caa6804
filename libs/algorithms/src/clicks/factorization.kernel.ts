import type { FieldEntries, FieldLayout } from './field.layout.js';

/** A weight and a factor for each row of the table of features; factors of length 0 leave a logistic regression. */
export interface FactorizationModel {
  readonly layout: FieldLayout;
  readonly bias: number;
  /** [rows] */
  readonly weights: Float32Array;
  /** [rows × dims] */
  readonly factors: Float32Array;
  readonly dims: number;
}

/** Entries, and room for the sum of the factors of a case [dims]: `oddsWithoutBias` writes it. */
export interface OddsScratch extends FieldEntries {
  readonly sums: Float64Array;
}

/** Σ weights + Σ over pairs of the products of their factors, in linear time, of the entries `from` to before `to`. */
export function oddsWithoutBias(model: FactorizationModel, scratch: OddsScratch, from: number, to: number): number {
  const { weights, factors, dims } = model;
  const { rows, values, sums } = scratch;
  let odds = 0;
  let squares = 0;
  sums.fill(0);
  for (let s = from; s < to; s++) {
    const value = values[s]!;
    const row = rows[s]!;
    odds += weights[row]! * value;
    for (let d = 0, k = row * dims; d < dims; d++, k++) {
      const part = factors[k]! * value;
      sums[d]! += part;
      squares += part * part;
    }
  }
  let whole = 0;
  for (let d = 0; d < dims; d++) whole += sums[d]! * sums[d]!;
  return odds + 0.5 * (whole - squares);
}
