import { Csr, reportStep, topK, type Watch } from '@attune/numeric';

export interface ItemKnnOptions extends Watch {
  /** Neighbors kept for each item, >= 1. Default 100. */
  neighbors?: number;
  /** Cosine: added to the denominator; lift: times common / (common + shrinkage). >= 0, so that few common users count less. Default 0. */
  shrinkage?: number;
  /** Default `cosine`. `lift`: how many times as often as by chance the two have the same users. */
  similarity?: 'cosine' | 'lift';
  /** Fewest common users of neighbors (x_i . x_j), >= 0. Default 0. */
  minCommon?: number;
}

/** Items between two reports. */
const STEP = 256;

/**
 * Item-based neighbors (Sarwar et al. 2001) over the users' columns x. Cosine: x_i . x_j / (|x_i| |x_j| + shrinkage).
 * Lift: users × x_i . x_j / (|x_i|² |x_j|²) × x_i . x_j / (x_i . x_j + shrinkage), for a binary matrix.
 *
 * @param matrix users x items, binary or weighted
 * @returns items x items; row i holds the item's most similar others with their positive similarity
 * Throws RangeError for bad options, StoppedError. Progress is in items.
 */
export function fitItemKnn(matrix: Csr, options: ItemKnnOptions = {}): Csr {
  const { neighbors = 100, shrinkage = 0, minCommon = 0 } = options;
  if (!(Number.isInteger(neighbors) && neighbors >= 1))
    throw new RangeError(`neighbors must be >= 1, got ${neighbors}`);
  if (!(shrinkage >= 0 && shrinkage < Infinity)) throw new RangeError(`shrinkage must be >= 0, got ${shrinkage}`);
  const n = matrix.cols;
  const byItem = matrix.transpose();
  const norms = Float64Array.from({ length: n }, (_, item) => Math.sqrt(sumSquares(byItem.row(item).values)));
  const rows: number[] = [];
  const cols: number[] = [];
  const values: number[] = [];
  const common = new CommonUsers(matrix);
  const similarity = similarityOf(options.similarity ?? 'cosine', shrinkage, matrix.rows);
  for (let item = 0; item < n; item++) {
    if (item % STEP === 0) reportStep(options, item, n);
    const touched = common.add(byItem.row(item));
    const scores = Float64Array.from(touched, (other) =>
      common.sums[other]! < minCommon ? 0 : similarity(common.sums[other]!, norms[item]! * norms[other]!),
    );
    const self = touched.indexOf(item);
    if (self >= 0) scores[self] = 0;
    for (const at of topK(scores, neighbors)) {
      if (!(scores[at]! > 0)) break;
      rows.push(item);
      cols.push(touched[at]!);
      values.push(scores[at]!);
    }
    common.clear(touched);
  }
  reportStep(options, n, n);
  return Csr.fromTriplets({ rows, cols, values }, n, n);
}

/**
 * Fold-in: interest in every item given a history, the weighted sum of its items' similarities. Costs only neighbors.
 * @param neighbors from `fitItemKnn` [n x n]
 * @param historyRows items of the history; numbers outside 0..n-1 (such as -1, a cold item) are skipped
 * @param historyWeights one a history item
 * @returns interests [n], higher is better, 0 for items that neighbor nothing in the history
 */
export function itemKnnInterests(
  neighbors: Csr,
  historyRows: ArrayLike<number>,
  historyWeights: ArrayLike<number>,
): Float32Array {
  const interests = new Float32Array(neighbors.cols);
  for (let h = 0; h < historyRows.length; h++) {
    const row = historyRows[h]!;
    if (!(row >= 0 && row < neighbors.rows)) continue;
    const { indices, values } = neighbors.row(row);
    const weight = historyWeights[h] ?? 0;
    for (let i = 0; i < indices.length; i++) interests[indices[i]!]! += weight * values[i]!;
  }
  return interests;
}

/** From x_i . x_j and |x_i| |x_j| to how similar the two are. */
function similarityOf(
  measure: 'cosine' | 'lift',
  shrinkage: number,
  users: number,
): (common: number, norms: number) => number {
  if (measure === 'cosine') return (common, norms) => common / (norms + shrinkage);
  return (common, norms) => ((users * common) / norms ** 2) * (common / (common + shrinkage));
}

function sumSquares(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum;
}

class CommonUsers {
  /** Similarities to the current item, by item. */
  readonly sums: Float64Array;
  private readonly seen: Uint8Array;

  constructor(private readonly matrix: Csr) {
    this.sums = new Float64Array(matrix.cols);
    this.seen = new Uint8Array(matrix.cols);
  }

  /** sums[j] = x_item . x_j for every item j that shares a user; returns those j, ascending. */
  add(users: ReturnType<Csr['row']>): Uint32Array {
    const { indptr, indices, values } = this.matrix;
    const touched: number[] = [];
    for (let u = 0; u < users.indices.length; u++) {
      const user = users.indices[u]!;
      for (let i = indptr[user]!; i < indptr[user + 1]!; i++) {
        const other = indices[i]!;
        if (this.seen[other] === 0) {
          this.seen[other] = 1;
          touched.push(other);
        }
        this.sums[other]! += users.values[u]! * values[i]!;
      }
    }
    return Uint32Array.from(touched).sort();
  }

  clear(touched: Uint32Array): void {
    for (const other of touched) this.sums[other] = this.seen[other] = 0;
  }
}
