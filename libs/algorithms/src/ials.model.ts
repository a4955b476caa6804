import { axpy, type Csr, dot, reportStep, type Watch } from '@attune/numeric';
import { RowSolver } from './ials.solver.js';

/** How much is regularized, and how much what a user does not have counts. */
export interface IalsPenalty {
  /** L2 penalty, > 0; times a row's weight to the power `nu`. */
  readonly lambda: number;
  /** Weight of every pair as a zero beside the pairs that are there, > 0. */
  readonly alpha0: number;
  /** 1: rows are regularized by how much they have; 0: all alike. */
  readonly nu: number;
}

export interface IalsOptions extends IalsPenalty, Watch {
  /** Length of a factor, >= 1. */
  readonly dims: number;
  /** Rounds over all users, then all items, >= 1. */
  readonly iterations: number;
  /** Conjugate gradient steps a row and round, >= 1; `dims` solves each row exactly. */
  readonly steps: number;
  /** Uniform in [0, 1): the start. The same numbers give the same model. */
  readonly random: () => number;
}

/** What folding a user in takes: nothing of it belongs to a user. */
export interface IalsModel {
  /** Item factors [items × dims]. */
  readonly factors: Float32Array;
  /** alpha0 × Σ of the items' outer products [dims × dims]. */
  readonly gram: Float32Array;
  readonly dims: number;
}

/** Deviation of the first item factors, divided by √dims. */
const START_DEVIATION = 0.1;
/** Rows between two reports. */
const STEP = 256;

/**
 * Implicit ALS (Hu, Koren and Volinsky 2008) as parametrized by Rendle et al. 2021 ("Revisiting the performance of
 * iALS"): factors W, H that minimize
 *   Σ_(u,i) x_ui (w_u·h_i − 1)² + alpha0 Σ_all (w_u·h_i)² + lambda Σ_rows (weight of the row + alpha0 × columns)^nu |row|²
 *
 * @param matrix users × items, weights >= 0
 * @returns the item factors, and the loss after each round, which falls
 * Throws RangeError for bad options, StoppedError. Progress is in rows of all rounds.
 */
export function fitIals(matrix: Csr, options: IalsOptions): IalsModel & { readonly losses: readonly number[] } {
  check(options);
  const { dims, iterations } = options;
  const byItem = matrix.transpose();
  const users = new Float32Array(matrix.rows * dims);
  const items = normals(matrix.cols * dims, START_DEVIATION / Math.sqrt(dims), options.random);
  const total = iterations * (matrix.rows + matrix.cols);
  const losses: number[] = [];
  let done = 0;
  const side = (rows: Csr, own: Float32Array, others: Float32Array): void => {
    const from = done;
    solveSide({ rows, own, others }, options, (row) => reportStep(options, from + row, total));
    done += rows.rows;
  };
  for (let round = 0; round < iterations; round++) {
    side(matrix, users, items);
    side(byItem, items, users);
    losses.push(loss(matrix, byItem, { users, items }, options));
  }
  reportStep(options, total, total);
  return { factors: items, gram: scaledGram(items, options), dims, losses };
}

/**
 * Interest in every item of a user who has the given ones, whose factor is solved here: [items], around 0..1.
 * @param historyRows items of the history; rows outside 0..items-1 (such as −1, a cold item) are skipped
 * @param historyWeights one a history item, > 0; what is weighed 0.5 is half as surely liked
 */
export function ialsInterests(
  { factors, gram, dims }: IalsModel,
  penalty: IalsPenalty,
  history: { readonly rows: ArrayLike<number>; readonly weights: ArrayLike<number> },
): Float32Array {
  const count = factors.length / dims;
  const known = Array.from(history.rows, (row, h) => ({ row, weight: history.weights[h] ?? 0 })).filter(
    ({ row, weight }) => row >= 0 && row < count && weight > 0,
  );
  const values = known.map(({ weight }) => weight);
  const user = new Float32Array(dims);
  const solver = new RowSolver(factors, gram, dims);
  solver.solve({ indices: known.map(({ row }) => row), values }, ridge(values, count, penalty), user, 2 * dims);
  return Float32Array.from({ length: count }, (_, item) => dot(factors, item * dims, user, 0, dims));
}

interface Side {
  readonly rows: Csr;
  /** Factors of the rows, improved in place. */
  readonly own: Float32Array;
  /** Factors of the columns. */
  readonly others: Float32Array;
}

function solveSide({ rows, own, others }: Side, options: IalsOptions, report: (row: number) => void): void {
  const { dims, steps } = options;
  const solver = new RowSolver(others, scaledGram(others, options), dims);
  for (let r = 0; r < rows.rows; r++) {
    if (r % STEP === 0) report(r);
    const row = rows.row(r);
    solver.solve(row, ridge(row.values, rows.cols, options), own.subarray(r * dims, (r + 1) * dims), steps);
  }
}

function ridge(values: ArrayLike<number>, columns: number, { lambda, alpha0, nu }: IalsPenalty): number {
  let weight = alpha0 * columns;
  for (let k = 0; k < values.length; k++) weight += values[k]!;
  return lambda * weight ** nu;
}

function scaledGram(factors: Float32Array, { dims, alpha0 }: { dims: number; alpha0: number }): Float32Array {
  const sums = new Float64Array(dims * dims);
  const row = new Float64Array(dims);
  for (let at = 0; at < factors.length; at += dims) {
    row.set(factors.subarray(at, at + dims));
    for (let d = 0; d < dims; d++) axpy(sums.subarray(d * dims), row, 0, alpha0 * row[d]!, dims);
  }
  return Float32Array.from(sums);
}

function loss(
  matrix: Csr,
  byItem: Csr,
  { users, items }: { readonly users: Float32Array; readonly items: Float32Array },
  options: IalsOptions,
): number {
  const { dims, alpha0 } = options;
  let sum = penaltyOf(matrix, users, options) + penaltyOf(byItem, items, options);
  const [ofUsers, ofItems] = [scaledGram(users, options), scaledGram(items, options)];
  sum += dot(ofUsers, 0, ofItems, 0, dims * dims) / alpha0;
  for (let u = 0; u < matrix.rows; u++) {
    const { indices, values } = matrix.row(u);
    for (let k = 0; k < indices.length; k++)
      sum += values[k]! * (dot(users, u * dims, items, indices[k]! * dims, dims) - 1) ** 2;
  }
  return sum;
}

function penaltyOf(rows: Csr, factors: Float32Array, options: IalsOptions): number {
  const { dims } = options;
  let sum = 0;
  for (let r = 0; r < rows.rows; r++)
    sum += ridge(rows.row(r).values, rows.cols, options) * dot(factors, r * dims, factors, r * dims, dims);
  return sum;
}

/** Normal numbers by Box and Muller 1958. */
function normals(count: number, deviation: number, random: () => number): Float32Array {
  return Float32Array.from({ length: count }, () => {
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    return deviation * radius * Math.cos(2 * Math.PI * random());
  });
}

function check({ lambda, alpha0, nu, dims, iterations, steps }: IalsOptions): void {
  for (const [name, value] of Object.entries({ lambda, alpha0 }))
    if (!(value > 0 && value < Infinity)) throw new RangeError(`${name} must be above 0, got ${value}`);
  if (!(nu >= 0 && nu <= 1)) throw new RangeError(`nu must lie in 0..1, got ${nu}`);
  for (const [name, value] of Object.entries({ dims, iterations, steps }))
    if (!(Number.isInteger(value) && value >= 1)) throw new RangeError(`${name} must be >= 1, got ${value}`);
}
