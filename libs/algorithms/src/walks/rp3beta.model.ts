import { Csr, reportStep, type Watch } from '@attune/numeric';
import { type ItemHistory } from '../data/sequences.js';
import { rowSums } from '../neighbors/row-sums.kernel.js';
import { SparseSums } from '../neighbors/sparse-sums.kernel.js';
import { TopRows } from '../neighbors/top-rows.builder.js';

export interface Rp3betaOptions extends Watch {
  /** Power of each step's probability, > 0: below 1 evens them out. Default 1. */
  readonly alpha?: number;
  /** Power of an item's popularity that its score is divided by, >= 0. Default 0.6. */
  readonly beta?: number;
  /** Items kept for each item, >= 1. Default 500. */
  readonly neighbors?: number;
}

/** What folding a user in takes. */
export interface Rp3betaModel {
  /** [items × items]: row i holds where walks from item i end, with their weight. */
  readonly walks: Csr;
}

/** Items between two reports. */
const STEP = 64;

/**
 * RP3beta (Paudel et al. 2016, "Updatable, accurate, diverse, and scalable recommendations for interactive
 * applications"): where a walk item → user → item ends, each step with probability in proportion to its entry, raised to
 * `alpha`; divided by the popularity (the sum of the column) of the item reached, to the power `beta`.
 *
 * @param matrix users × items, entries >= 0
 * Throws RangeError for bad options or a negative entry, StoppedError. Progress is in items.
 */
export function fitRp3beta(matrix: Csr, options: Rp3betaOptions = {}): Rp3betaModel {
  const { alpha = 1, beta = 0.6, neighbors = 500 } = options;
  check(matrix, alpha, beta);
  const n = matrix.cols;
  const result = new TopRows(n, n, neighbors);
  const transposed = matrix.transpose();
  const toItems = stepsOf(matrix, alpha);
  const toUsers = stepsOf(transposed, alpha);
  const damping = Float64Array.from({ length: n }, (_, item) => sum(transposed.row(item).values) ** -beta);
  const ends = new SparseSums(n);
  for (let item = 0; item < n; item++) {
    if (item % STEP === 0) reportStep(options, item, n);
    const users = toUsers.row(item);
    for (let u = 0; u < users.indices.length; u++) ends.addRow(toItems, users.indices[u]!, users.values[u]!);
    result.add(ends.touched(), (other) => (other === item ? 0 : ends.sums[other]! * damping[other]!));
    ends.clear();
  }
  reportStep(options, n, n);
  return { walks: result.build() };
}

/**
 * Fold-in: interest in every item as the weight of walks from the history's items that end there.
 * @returns [items], higher is better, 0 for what no walk reaches
 */
export function rp3betaInterests({ walks }: Rp3betaModel, history: ItemHistory): Float32Array {
  return rowSums(walks, history);
}

/** (entry / sum of its row)^alpha; rows without entries stay empty, zeros stay zero. */
function stepsOf(matrix: Csr, alpha: number): Csr {
  const { rows, cols, indptr, indices } = matrix;
  const values = new Float32Array(matrix.entries);
  for (let row = 0; row < rows; row++) {
    const entries = matrix.row(row).values;
    const scale = 1 / Math.max(sum(entries), Number.MIN_VALUE);
    for (let k = 0; k < entries.length; k++) values[indptr[row]! + k] = (entries[k]! * scale) ** alpha;
  }
  return Csr.fromArrays({ rows, cols }, { indptr, indices, values });
}

function sum(values: Float32Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

function check(matrix: Csr, alpha: number, beta: number): void {
  if (!(alpha > 0 && alpha < Infinity)) throw new RangeError(`alpha must be above 0, got ${alpha}`);
  if (!(beta >= 0 && beta < Infinity)) throw new RangeError(`beta must be >= 0, got ${beta}`);
  const bad = matrix.values.find((value) => !(value >= 0 && value < Infinity));
  if (bad !== undefined) throw new RangeError(`entries of the matrix must be >= 0, got ${bad}`);
}
