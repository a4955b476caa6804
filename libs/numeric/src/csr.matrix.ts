/** Non-zero entries as columns of equal length; `values` defaults to 1 each. */
export interface Triplets {
  rows: ArrayLike<number>;
  cols: ArrayLike<number>;
  values?: ArrayLike<number>;
}

/** The arrays of a `Csr`, which see. */
export interface CsrArrays {
  indptr: Int32Array;
  indices: Int32Array;
  values: Float32Array;
}

/** Sparse matrix in compressed rows. Within a row, column indices ascend and are distinct. */
export class Csr {
  /** rows + 1 offsets into `indices` and `values`. */
  readonly indptr: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float32Array;

  private constructor(
    readonly rows: number,
    readonly cols: number,
    arrays: CsrArrays,
  ) {
    this.indptr = arrays.indptr;
    this.indices = arrays.indices;
    this.values = arrays.values;
  }

  /** Sums duplicate pairs; keeps entries that sum to zero. Throws RangeError for lengths or indices out of range. */
  static fromTriplets(triplets: Triplets, rows: number, cols: number): Csr {
    const { rows: r, cols: c, values } = triplets;
    const n = r.length;
    if (c.length !== n || (values !== undefined && values.length !== n))
      throw new RangeError(
        `triplet columns differ in length: ${n} rows, ${c.length} cols, ${values?.length ?? n} values`,
      );
    for (let i = 0; i < n; i++) {
      if (!(r[i]! >= 0 && r[i]! < rows && c[i]! >= 0 && c[i]! < cols))
        throw new RangeError(`entry ${i} at (${r[i]}, ${c[i]}) lies outside a ${rows} x ${cols} matrix`);
    }
    const indptr = offsets(r, rows);
    const next = indptr.slice();
    const indices = new Int32Array(n);
    const sums = new Float32Array(n);
    for (let i = 0; i < n; i++) {
      const slot = next[r[i]!]!++;
      indices[slot] = c[i]!;
      sums[slot] = values === undefined ? 1 : values[i]!;
    }
    // Transposing twice sorts the columns of each row, in linear time.
    return new Csr(rows, cols, { indptr, indices, values: sums }).transpose().transpose().merged();
  }

  /** A matrix over given arrays, not copied. Throws RangeError when they do not fit together or a row does not ascend. */
  static fromArrays(shape: { rows: number; cols: number }, arrays: CsrArrays): Csr {
    const { indptr, indices, values } = arrays;
    const consistent = indptr.length === shape.rows + 1 && indptr[0] === 0 && indptr[shape.rows] === indices.length;
    if (!consistent || values.length !== indices.length)
      throw new RangeError('sparse matrix arrays do not fit its shape');
    for (let row = 0; row < shape.rows; row++) {
      let before = -1;
      for (let i = indptr[row]!; i < indptr[row + 1]!; i++) {
        if (!(indices[i]! > before && indices[i]! < shape.cols))
          throw new RangeError(`row ${row} has unsorted or foreign columns`);
        before = indices[i]!;
      }
    }
    return new Csr(shape.rows, shape.cols, arrays);
  }

  /** Number of stored entries. */
  get entries(): number {
    return this.indices.length;
  }

  /** Views of one row's columns and values. Throws RangeError for a row out of range. */
  row(row: number): { indices: Int32Array; values: Float32Array } {
    if (!(row >= 0 && row < this.rows)) throw new RangeError(`row ${row} lies outside ${this.rows} rows`);
    const start = this.indptr[row]!;
    const end = this.indptr[row + 1]!;
    return { indices: this.indices.subarray(start, end), values: this.values.subarray(start, end) };
  }

  /** The cols x rows matrix with rows and columns exchanged. */
  transpose(): Csr {
    const indptr = offsets(this.indices, this.cols);
    const next = indptr.slice();
    const indices = new Int32Array(this.entries);
    const values = new Float32Array(this.entries);
    for (let row = 0; row < this.rows; row++)
      for (let i = this.indptr[row]!; i < this.indptr[row + 1]!; i++) {
        const slot = next[this.indices[i]!]!++;
        indices[slot] = row;
        values[slot] = this.values[i]!;
      }
    return new Csr(this.cols, this.rows, { indptr, indices, values });
  }

  /** Joins equal neighboring columns; needs sorted rows. */
  private merged(): Csr {
    const indptr = new Int32Array(this.rows + 1);
    let end = 0;
    for (let row = 0; row < this.rows; row++) {
      const start = end;
      for (let i = this.indptr[row]!; i < this.indptr[row + 1]!; i++) {
        if (end > start && this.indices[end - 1] === this.indices[i]) this.values[end - 1]! += this.values[i]!;
        else {
          this.indices[end] = this.indices[i]!;
          this.values[end++] = this.values[i]!;
        }
      }
      indptr[row + 1] = end;
    }
    const [indices, values] = [this.indices.slice(0, end), this.values.slice(0, end)];
    return new Csr(this.rows, this.cols, { indptr, indices, values });
  }
}

function offsets(of: ArrayLike<number>, count: number): Int32Array {
  const indptr = new Int32Array(count + 1);
  for (let i = 0; i < of.length; i++) indptr[of[i]! + 1]!++;
  for (let i = 0; i < count; i++) indptr[i + 1]! += indptr[i]!;
  return indptr;
}
