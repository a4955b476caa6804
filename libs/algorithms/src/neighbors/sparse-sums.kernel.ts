import { type Csr } from '@attune/numeric';

/** Sums by column that cost only what they touch: one row of a sparse product at a time. */
export class SparseSums {
  /** The sums [cols]; 0 where nothing was added. */
  readonly sums: Float64Array;
  private readonly seen: Uint8Array;
  private readonly columns: Int32Array;
  private count = 0;

  constructor(cols: number) {
    this.sums = new Float64Array(cols);
    this.seen = new Uint8Array(cols);
    this.columns = new Int32Array(cols);
  }

  /** sums[col] += value */
  add(col: number, value: number): void {
    if (this.seen[col] === 0) {
      this.seen[col] = 1;
      this.columns[this.count++] = col;
    }
    this.sums[col]! += value;
  }

  /** sums += weight × a row of the matrix. */
  addRow({ indptr, indices, values }: Csr, row: number, weight: number): void {
    const end = indptr[row + 1]!;
    for (let at = indptr[row]!; at < end; at++) this.add(indices[at]!, weight * values[at]!);
  }

  /** The columns that were added to, ascending; a view until the next change. */
  touched(): Int32Array {
    return this.columns.subarray(0, this.count).sort();
  }

  clear(): void {
    for (let at = 0; at < this.count; at++) {
      const col = this.columns[at]!;
      this.sums[col] = 0;
      this.seen[col] = 0;
    }
    this.count = 0;
  }
}
