import type { FieldEntries } from './field.layout.js';

/** Entries of cases by the row of the table that they are of; those that count 0 are left out. */
export interface FeatureColumns {
  /** [rows + 1]: those of row r are from `starts[r]` to before `starts[r + 1]`. */
  readonly starts: Int32Array;
  /** The case of each, ascending within a row. */
  readonly cases: Int32Array;
  /** How much each counts. */
  readonly values: Float32Array;
}

/** @param shape rows of the table, and entries of a case */
export function columnsOf(
  entries: FieldEntries,
  shape: { readonly rows: number; readonly width: number },
): FeatureColumns {
  const starts = new Int32Array(shape.rows + 1);
  entries.rows.forEach((row, i) => {
    if (entries.values[i] !== 0) starts[row + 1]! += 1;
  });
  for (let row = 0; row < shape.rows; row++) starts[row + 1]! += starts[row]!;
  const count = starts[shape.rows]!;
  const [cases, values] = [new Int32Array(count), new Float32Array(count)];
  const next = starts.slice();
  entries.rows.forEach((row, i) => {
    if (entries.values[i] === 0) return;
    const to = next[row]!++;
    cases[to] = Math.floor(i / shape.width);
    values[to] = entries.values[i]!;
  });
  return { starts, cases, values };
}
