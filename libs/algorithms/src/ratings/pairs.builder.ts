import { Csr } from '@attune/numeric';

/** Pairs that fit a model: arrays of 1 GiB each. */
const MAX_PAIRS = 2 ** 28;

/** A square sparse matrix that is filled row by row, in arrays that grow. */
export class PairsBuilder {
  private indices = new Int32Array(1024);
  private values = new Float32Array(1024);
  private readonly indptr: Int32Array;
  private row = 0;

  constructor(private readonly rows: number) {
    this.indptr = new Int32Array(rows + 1);
  }

  /** Columns of a row must ascend. Throws RangeError where the pairs are too many to keep. */
  add(column: number, value: number): void {
    const at = this.indptr[this.row + 1]!;
    if (at === this.indices.length) this.grow();
    this.indices[at] = column;
    this.values[at] = value;
    this.indptr[this.row + 1] = at + 1;
  }

  endRow(): void {
    this.row++;
    if (this.row < this.rows) this.indptr[this.row + 1] = this.indptr[this.row]!;
  }

  build(): Csr {
    const entries = this.indptr[this.rows]!;
    const arrays = { indices: this.indices.slice(0, entries), values: this.values.slice(0, entries) };
    return Csr.fromArrays({ rows: this.rows, cols: this.rows }, { indptr: this.indptr, ...arrays });
  }

  private grow(): void {
    if (this.indices.length >= MAX_PAIRS)
      throw new RangeError(`${this.rows} rows have more than ${MAX_PAIRS} pairs with something in common`);
    const [indices, values] = [this.indices, this.values];
    this.indices = new Int32Array(2 * indices.length);
    this.values = new Float32Array(2 * values.length);
    this.indices.set(indices);
    this.values.set(values);
  }
}
