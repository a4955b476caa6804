import { Csr, topK } from '@attune/numeric';

/** Room for entries at first; doubled when full. */
const START_ENTRIES = 1024;

/** A sparse matrix that is written row after row, each cut to its best columns. */
export class TopRows {
  private readonly indptr: Int32Array;
  private indices = new Int32Array(START_ENTRIES);
  private values = new Float32Array(START_ENTRIES);
  private readonly scores: Float64Array;
  private row = 0;

  /** @param most entries kept of a row, >= 1 */
  constructor(
    private readonly rows: number,
    private readonly cols: number,
    private readonly most: number,
  ) {
    if (!(Number.isInteger(most) && most >= 1)) throw new RangeError(`neighbors must be >= 1, got ${most}`);
    this.indptr = new Int32Array(rows + 1);
    this.scores = new Float64Array(cols);
  }

  /**
   * Writes the next row: of the given columns (ascending) those with the highest scores above 0, the lower column where
   * scores are equal.
   */
  add(columns: Int32Array, scoreOf: (column: number) => number): void {
    const scores = this.scores.subarray(0, columns.length);
    for (let c = 0; c < columns.length; c++) scores[c] = scoreOf(columns[c]!);
    let end = this.indptr[this.row]!;
    this.reserve(end + Math.min(this.most, columns.length));
    for (const c of topK(scores, this.most).sort()) {
      if (!(scores[c]! > 0)) continue;
      this.indices[end] = columns[c]!;
      this.values[end++] = scores[c]!;
    }
    this.indptr[++this.row] = end;
  }

  /** The matrix. Throws RangeError when rows are missing. */
  build(): Csr {
    if (this.row !== this.rows) throw new RangeError(`${this.row} of ${this.rows} rows were written`);
    const end = this.indptr[this.rows]!;
    const [indices, values] = [this.indices.slice(0, end), this.values.slice(0, end)];
    return Csr.fromArrays({ rows: this.rows, cols: this.cols }, { indptr: this.indptr, indices, values });
  }

  private reserve(entries: number): void {
    if (entries <= this.indices.length) return;
    const room = Math.max(entries, 2 * this.indices.length);
    const [indices, values] = [new Int32Array(room), new Float32Array(room)];
    indices.set(this.indices);
    values.set(this.values);
    this.indices = indices;
    this.values = values;
  }
}
