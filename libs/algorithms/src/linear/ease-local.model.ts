import { Csr, reportStep, topK, type Watch } from '@attune/numeric';
import { type ItemHistory } from '../data/sequences.js';
import { fitItemKnn } from '../neighbors/item-knn.model.js';
import { rowSums } from '../neighbors/row-sums.kernel.js';
import { checkPenalty, dampingOf, type EasePenalty, ridgeOf, weighUsers } from './ease.penalty.js';
import { LocalSystem } from './local.system.js';
import { phaseOf } from './phase.watch.js';

export interface EaseLocalOptions extends Watch, EasePenalty {
  /** Items that speak for an item, >= 1: those most similar to it. Time grows with its cube. Default 150. */
  readonly neighbors?: number;
  /** Cosines kept for each item, at least as many as neighbors; others count as 0. Default 1,500. */
  readonly cosines?: number;
}

export interface EaseLocalModel {
  /** [items × items]: row i is what having item i says about others. */
  readonly weights: Csr;
}

/** Items between two reports. */
const STEP = 16;

/**
 * EASE for large catalogues: the weights that speak for an item minimize the loss of EASE over the items nearest to it by
 * cosine, not over all (a fixed support as in fsSLIM, Ning and Karypis 2011). Each item takes one small system. Memory is
 * 8 bytes × items × (cosines + 2 × neighbors): no items × items matrix is made.
 *
 * @param matrix users × items, binary or weighted
 * Throws RangeError for bad options, StoppedError. Progress is in items: first their cosines, then their systems.
 */
export function fitEaseLocal(matrix: Csr, options: EaseLocalOptions): EaseLocalModel {
  const { neighbors = 150, cosines: kept = 1500 } = options;
  checkPenalty(options);
  if (!(Number.isInteger(neighbors) && neighbors >= 1))
    throw new RangeError(`neighbors must be >= 1, got ${neighbors}`);
  if (!(kept >= neighbors)) throw new RangeError(`cosines must be at least the ${neighbors} neighbors, got ${kept}`);
  const n = matrix.cols;
  const weighted = weighUsers(matrix, options);
  const cosines = fitItemKnn(weighted, { neighbors: kept, ...phaseOf(options, 0, 2 * n) });
  const squares = new Float64Array(n);
  weighted.indices.forEach((item, at) => (squares[item]! += weighted.values[at]! ** 2));
  const ridges = squares.map((square) => ridgeOf(square, options) / square);
  const solver = new ColumnSolver(cosines, ridges, neighbors);
  const watch = phaseOf(options, n, 2 * n);
  const indptr = new Int32Array(n + 1);
  const indices = new Int32Array(n * neighbors);
  const values = new Float32Array(n * neighbors);
  for (let item = 0; item < n; item++) {
    if (item % STEP === 0) reportStep(watch, item, n);
    const near = solver.solve(item);
    const scale = dampingOf(squares[item]!, options) * Math.sqrt(squares[item]!);
    let end = indptr[item]!;
    for (const [k, other] of near.entries()) {
      indices[end] = other;
      values[end++] = (solver.answers[k]! * scale) / Math.sqrt(squares[other]!);
    }
    indptr[item + 1] = end;
  }
  reportStep(watch, n, n);
  const end = indptr[n]!;
  const arrays = { indptr, indices: indices.subarray(0, end), values: values.subarray(0, end) };
  return { weights: Csr.fromArrays({ rows: n, cols: n }, arrays).transpose() };
}

/** Fold-in: interest in every item, the sum of the history's rows of weights [items]; higher is better. */
export function easeLocalInterests({ weights }: EaseLocalModel, history: ItemHistory): Float32Array {
  return rowSums(weights, history);
}

/** Solves for the weights of one item after another, in units of the items' Euclidean lengths. */
class ColumnSolver {
  private readonly system: LocalSystem;
  /** Place of an item in the system at hand; −1 for others [items]. */
  private readonly slots: Int32Array;

  /**
   * @param cosines rows of the largest, not necessarily symmetric
   * @param ridges what is added to the diagonal of cosines [items]
   * @param most items of a system
   */
  constructor(
    private readonly cosines: Csr,
    private readonly ridges: Float64Array,
    private readonly most: number,
  ) {
    this.system = new LocalSystem(Math.min(most, cosines.rows));
    this.slots = new Int32Array(cosines.rows).fill(-1);
  }

  /** Answers of the last `solve`, one for each item it returned. */
  get answers(): Float64Array {
    return this.system.right;
  }

  /** The items that speak for an item, ascending. */
  solve(item: number): Int32Array {
    const { indices, values } = this.cosines.row(item);
    const picked = topK(values, this.most).sort();
    const near = Int32Array.from(picked, (at) => indices[at]!);
    picked.forEach((at, k) => (this.system.right[k] = values[at]!));
    this.fill(near);
    this.system.solve(
      near.length,
      near.reduce((least, other) => Math.min(least, this.ridges[other]!), Infinity),
    );
    return near;
  }

  private fill(near: Int32Array): void {
    const { matrix, stride } = this.system;
    const { slots } = this;
    const { indptr, indices, values } = this.cosines;
    near.forEach((other, k) => {
      slots[other] = k;
      matrix.fill(0, k * stride, k * stride + k);
      matrix[k * (stride + 1)] = 1 + this.ridges[other]!;
    });
    for (let k = 0; k < near.length; k++) {
      const end = indptr[near[k]! + 1]!;
      for (let at = indptr[near[k]!]!; at < end; at++) {
        const slot = slots[indices[at]!]!;
        if (slot >= 0) matrix[Math.max(slot, k) * stride + Math.min(slot, k)] = values[at]!;
      }
    }
    for (const other of near) slots[other] = -1;
  }
}
