import { type Csr } from '@attune/numeric';

/** Numbers a pair of rows has in `CommonRatings.sums`. */
const STRIDE = 6;

/** Sums over what two rows (such as two items) were both rated by; x are values of the first, y of the second. */
export interface CommonSums {
  count: number;
  x: number;
  y: number;
  xx: number;
  yy: number;
  xy: number;
}

/** Compares one row with every other that shares a column, in time of the ratings of those who rated it. */
export class CommonRatings {
  /** Rows that share a column with the last one added, ascending; a view. */
  touched: Int32Array = new Int32Array(0);
  private readonly sums: Float64Array;
  private readonly list: Int32Array;
  private readonly found: CommonSums = { count: 0, x: 0, y: 0, xx: 0, yy: 0, xy: 0 };

  /** @param byColumn the transpose of `byRow` */
  constructor(
    private readonly byRow: Csr,
    private readonly byColumn: Csr,
  ) {
    this.sums = new Float64Array(byRow.rows * STRIDE);
    this.list = new Int32Array(byRow.rows);
  }

  /** Sums over the columns of `row`; `row` itself is among the touched. */
  open(row: number): void {
    const { sums, list, byRow, byColumn } = this;
    for (const other of this.touched) sums.fill(0, other * STRIDE, (other + 1) * STRIDE);
    let touched = 0;
    for (let k = byRow.indptr[row]!; k < byRow.indptr[row + 1]!; k++) {
      const column = byRow.indices[k]!;
      const x = byRow.values[k]!;
      for (let m = byColumn.indptr[column]!; m < byColumn.indptr[column + 1]!; m++) {
        const other = byColumn.indices[m]!;
        const y = byColumn.values[m]!;
        const at = other * STRIDE;
        if (sums[at] === 0) list[touched++] = other;
        sums[at]! += 1;
        sums[at + 1]! += x;
        sums[at + 2]! += y;
        sums[at + 3]! += x * x;
        sums[at + 4]! += y * y;
        sums[at + 5]! += x * y;
      }
    }
    this.touched = list.subarray(0, touched).sort();
  }

  /** The sums of the opened row with another; the same object each time. */
  with(other: number): CommonSums {
    const { sums, found } = this;
    const at = other * STRIDE;
    found.count = sums[at]!;
    found.x = sums[at + 1]!;
    found.y = sums[at + 2]!;
    found.xx = sums[at + 3]!;
    found.yy = sums[at + 4]!;
    found.xy = sums[at + 5]!;
    return found;
  }
}
