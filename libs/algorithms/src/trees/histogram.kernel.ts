import type { BinnedRows } from './feature-bins.js';
import type { DerivativeSums } from './derivative-sums.js';

/** Numbers of a column in a histogram: sum of gradients and sum of weights, for each of 256 bins in turn. */
export const COLUMN_SIZE = 512;

/** Makes histograms [stride x 256 x 2] of rows, in arrays that are used again and again. */
export class HistogramMaker {
  private readonly free: Float64Array[] = [];

  constructor(private readonly rows: BinnedRows) {}

  /** The histogram of all columns over the given rows. */
  make(rows: Int32Array, derivatives: DerivativeSums): Float64Array {
    const histogram = this.free.pop()?.fill(0) ?? new Float64Array(this.rows.stride * COLUMN_SIZE);
    addRows(this.rows, derivatives, rows, histogram);
    return histogram;
  }

  /** Takes a histogram back that nobody reads any more. */
  give(histogram: Float64Array): void {
    this.free.push(histogram);
  }
}

/**
 * Adds rows to a histogram in place: one pass over the rows, four columns at once, so that a row's bins are read
 * together (1.2 ns a number; column by column it took 2 to 4).
 */
function addRows(
  { bins, stride }: BinnedRows,
  { pairs }: DerivativeSums,
  rows: Int32Array,
  histogram: Float64Array,
): void {
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const gradient = pairs[2 * row]!;
    const weight = pairs[2 * row + 1]!;
    const from = row * stride;
    for (let column = 0; column < stride; column += 4) {
      const at = from + column;
      const first = column << 9;
      const a = first + (bins[at]! << 1);
      const b = first + 512 + (bins[at + 1]! << 1);
      const c = first + 1024 + (bins[at + 2]! << 1);
      const d = first + 1536 + (bins[at + 3]! << 1);
      histogram[a]! += gradient;
      histogram[a + 1]! += weight;
      histogram[b]! += gradient;
      histogram[b + 1]! += weight;
      histogram[c]! += gradient;
      histogram[c + 1]! += weight;
      histogram[d]! += gradient;
      histogram[d + 1]! += weight;
    }
  }
}

/** Takes a part's histogram from the whole's, in place: what is left is the other part's. */
export function subtractHistogram(whole: Float64Array, part: Float64Array): void {
  for (let i = 0; i < whole.length; i++) whole[i]! -= part[i]!;
}
