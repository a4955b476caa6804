const FIRST_CAPACITY = 4;

/** Rows in which one term occurs, ascending, with the term's boosted frequency in each. Grows by doubling. */
export class Postings {
  rows = new Uint32Array(FIRST_CAPACITY);
  weights = new Float32Array(FIRST_CAPACITY);
  size = 0;

  /** Appends a row; rows must come in ascending order. */
  push(row: number, weight: number): void {
    if (this.size === this.rows.length) this.resize(this.size * 2);
    this.rows[this.size] = row;
    this.weights[this.size] = weight;
    this.size++;
  }

  /** Position of a row, or -1. Binary search. */
  find(row: number): number {
    let low = 0;
    let high = this.size - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = this.rows[middle] ?? 0;
      if (found === row) return middle;
      if (found < row) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  /** Renumbers rows by `renumbered` and drops those that map to `dropped`; frees what is not needed. */
  compact(renumbered: Uint32Array, dropped: number): void {
    let kept = 0;
    for (let i = 0; i < this.size; i++) {
      const row = renumbered[this.rows[i] ?? 0] ?? dropped;
      if (row === dropped) continue;
      this.rows[kept] = row;
      this.weights[kept] = this.weights[i] ?? 0;
      kept++;
    }
    this.size = kept;
    this.resize(Math.max(kept, 1));
  }

  private resize(capacity: number): void {
    const rows = new Uint32Array(capacity);
    const weights = new Float32Array(capacity);
    rows.set(this.rows.subarray(0, this.size));
    weights.set(this.weights.subarray(0, this.size));
    this.rows = rows;
    this.weights = weights;
  }
}
