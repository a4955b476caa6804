import type { Metric } from './knn.result.js';

export interface RowSearch {
  /** Finite numbers. */
  readonly query: Float32Array;
  /** At least 1, at most as many as there are rows. */
  readonly k: number;
  readonly metric: Metric;
  /** One byte a row: 0 or missing leaves the row out. */
  readonly keep: Uint8Array | undefined;
}

/** Rows found, in any order: `keys` are higher for nearer ones (see `scorer`). */
export interface FoundRows {
  readonly keys: Float64Array;
  readonly members: Uint32Array;
}

/** Where an index has its vectors, by row. */
export interface KnnRows {
  /** Bytes held. */
  readonly byteLength: number;
  /** Rows scored exactly beyond the first k of each search. */
  readonly rescored: number;
  /** Makes room for the rows 0..rows - 1. Throws RangeError where there is none. */
  extend(rows: number): void;
  /** Sets the vector of a row that there is room for; false, and the row left out, when it is not finite. */
  write(row: number, vector: Float32Array): boolean;
  /** Whether a row, that there is room for, holds a vector. */
  has(row: number): boolean;
  remove(row: number): void;
  /** The row's vector, where it lies. */
  vector(row: number): Float32Array;
  /** The best k rows that hold vectors and are kept. */
  search(asked: RowSearch): FoundRows;
}

/** What is thrown where an index would take more than a WebAssembly memory holds. */
export function tooManyRows(dims: number, most: number): RangeError {
  return new RangeError(`an index of ${dims} dims holds about ${most} rows (4 GiB); use a search engine for more`);
}
