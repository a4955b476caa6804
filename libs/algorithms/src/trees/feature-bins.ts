import { reportStep, type Watch } from '@attune/numeric';
import { type FeatureTable, rowCount } from './training-rows.js';

/** Bin of a NaN, in every column; numbers have bins 0..254. */
export const NAN_BIN = 255;
/** Rows that are looked at for the edges of bins. */
const SAMPLE = 200_000;
/** Rows are padded to multiples of this many columns, so that four are added at once. */
const LANES = 4;

/** Rows whose numbers are replaced by the number of an interval: what trees are grown from. */
export interface BinnedRows {
  /** Upper ends of the bins of each column, ascending, the last infinite: x has the first bin with x <= its end. */
  readonly edges: readonly Float32Array[];
  /** Bin of each number [rows x stride]. */
  readonly bins: Uint8Array;
  /** Columns with the padding, a multiple of four. */
  readonly stride: number;
  readonly rows: number;
}

export interface BinOptions {
  /** Most bins of a column, 2..255. */
  readonly maxBins: number;
  /** Uniform in [0, 1): which rows are looked at where there are more than 200,000. */
  readonly random: () => number;
}

/**
 * Bins of about as many rows each; a value that fills one has its own. A column with no more distinct values than
 * `maxBins` loses nothing. Throws StoppedError, which it checks at each column.
 */
export function binRows(table: FeatureTable, { maxBins, random }: BinOptions, watch: Watch): BinnedRows {
  const { features, columns } = table;
  const rows = rowCount(table);
  const stride = Math.ceil(columns / LANES) * LANES;
  const bins = new Uint8Array(rows * stride);
  const sample = sampledRows(rows, random);
  const edges = Array.from({ length: columns }, (_, column) => {
    reportStep(watch, 0, 1);
    const ends = edgesOf(sample.map((row) => features[row * columns + column]!).sort(), maxBins);
    for (let row = 0; row < rows; row++) bins[row * stride + column] = binOf(features[row * columns + column]!, ends);
    return ends;
  });
  return { edges, bins, stride, rows };
}

function sampledRows(rows: number, random: () => number): Float64Array {
  if (rows <= SAMPLE) return Float64Array.from({ length: rows }, (_, row) => row);
  return Float64Array.from({ length: SAMPLE }, () => Math.floor(random() * rows));
}

/** Ends of the bins of ascending numbers with NaN last. */
function edgesOf(sorted: Float64Array, maxBins: number): Float32Array {
  const { values, counts } = distinct(sorted);
  const edges: number[] = [];
  let left = counts.reduce((sum, count) => sum + count, 0);
  let size = 0;
  for (let v = 0; v + 1 < values.length; v++) {
    const fair = values.length <= maxBins ? 0 : left / (maxBins - edges.length);
    size += counts[v]!;
    const full = size >= fair || counts[v + 1]! >= fair;
    if (!full || edges.length === maxBins - 1) continue;
    edges.push(between(values[v]!, values[v + 1]!));
    left -= size;
    size = 0;
  }
  return Float32Array.of(...edges, Infinity);
}

function distinct(sorted: Float64Array): { values: number[]; counts: number[] } {
  const values: number[] = [];
  const counts: number[] = [];
  for (const value of sorted) {
    if (Number.isNaN(value)) break;
    if (value === values.at(-1)) counts[counts.length - 1]!++;
    else {
      values.push(value);
      counts.push(1);
    }
  }
  return { values, counts };
}

/** A float e with low <= e < high. */
function between(low: number, high: number): number {
  const middle = Math.fround((low + high) / 2);
  return middle >= low && middle < high ? middle : low;
}

function binOf(value: number, edges: Float32Array): number {
  if (Number.isNaN(value)) return NAN_BIN;
  let low = 0;
  let high = edges.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= edges[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}
