import { type Csr } from '@attune/numeric';

/** What the nearest rows say of a column. */
export interface Nearest {
  /** How many rows that is. */
  count: number;
  /** Sum of their similarities. */
  weight: number;
  /** Mean of their values, weighted by similarity; 0 without any. */
  mean: number;
}

/** Finds, among the rows that have a value in a column, those most similar to a row. */
export class NearestMean {
  private readonly weights: Float64Array;
  private readonly found: Float64Array;
  private count = 0;

  /**
   * @param similarities [rows × rows], positive
   * @param values [columns × rows]
   * @param most rows that are averaged
   */
  constructor(
    private readonly similarities: Csr,
    private readonly values: Csr,
    private readonly most: number,
  ) {
    const size = Math.min(most, similarities.rows);
    this.weights = new Float64Array(size);
    this.found = new Float64Array(size);
  }

  /** Nothing for a row or column out of range. */
  find(row: number, column: number): Nearest {
    this.count = 0;
    const { similarities, values } = this;
    if (row >= 0 && row < similarities.rows && column >= 0 && column < values.rows) this.merge(row, column);
    let sum = 0;
    let total = 0;
    for (let k = 0; k < this.count; k++) {
      sum += this.weights[k]! * this.found[k]!;
      total += this.weights[k]!;
    }
    return { count: this.count, weight: total, mean: total > 0 ? sum / total : 0 };
  }

  /** Offers what both ascending lists have. */
  private merge(row: number, column: number): void {
    const { indptr, indices, values: weights } = this.similarities;
    const { indptr: starts, indices: members, values } = this.values;
    const end = indptr[row + 1]!;
    let s = indptr[row]!;
    for (let m = starts[column]!; m < starts[column + 1]!; m++) {
      const member = members[m]!;
      while (s < end && indices[s]! < member) s++;
      if (s === end) return;
      if (indices[s] === member) this.offer(weights[s]!, values[m]!);
    }
  }

  /** Keeps the strongest, strongest first. */
  private offer(weight: number, value: number): void {
    const { weights, found, most } = this;
    if (this.count === most && weight <= weights[most - 1]!) return;
    let slot = this.count < most ? this.count++ : most - 1;
    for (; slot > 0 && weights[slot - 1]! < weight; slot--) {
      weights[slot] = weights[slot - 1]!;
      found[slot] = found[slot - 1]!;
    }
    weights[slot] = weight;
    found[slot] = value;
  }
}
