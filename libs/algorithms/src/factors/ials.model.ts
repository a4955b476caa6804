import {
  type Csr,
  type FactorPair,
  openFactorPair,
  reportStep,
  rowProducts,
  solveRow,
  type Watch,
} from '@attune/numeric';
import { type IalsPenalty, ridge } from './ials.penalty.js';
import { ridgesOf, type SidePlan, solveSide } from './ials.rows.js';

export interface IalsOptions extends IalsPenalty, Watch {
  /** Length of a factor, >= 1. */
  readonly dims: number;
  /** Rounds over all users, then all items, >= 1. */
  readonly iterations: number;
  /** Conjugate gradient steps a row and round, >= 1. Not read where the solver is Cholesky. */
  readonly steps: number;
  /**
   * `cg`, the default: each row is improved from where it stands, at a cost that grows with dims; `cholesky`: solved, at
   * a cost that grows with dims².
   */
  readonly solver?: 'cg' | 'cholesky';
  /**
   * Threads that solve rows, the caller's among them, 1..64; default 1. The model is the same by any number of them, the
   * time shorter where cores are idle; a twentieth of the work stays with the caller. Read only where factors lie in
   * WebAssembly.
   */
  readonly threads?: number;
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
const MOST_THREADS = 64;

/**
 * Implicit ALS (Hu, Koren and Volinsky 2008) as parametrized by Rendle et al. 2021 ("Revisiting the performance of
 * iALS"): factors W, H that minimize
 *   Σ_(u,i) x_ui (w_u·h_i − 1)² + alpha0 Σ_all (w_u·h_i)² + lambda Σ_rows (weight of the row + alpha0 × columns)^nu |row|²
 * Memory: 4 bytes × dims a user and item, and the matrix twice. Good places to search from: dims 256, nu 0.75, alpha0
 * 0.15 and lambda such that the average user's penalty is about 6, 12 rounds of 3 steps.
 *
 * @param matrix users × items, weights >= 0
 * @returns the item factors, and the loss after each round, which falls
 * Throws RangeError for bad options or weights and for no users or items, StoppedError. Progress is in rows of all rounds.
 */
export function fitIals(matrix: Csr, options: IalsOptions): IalsModel & { readonly losses: readonly number[] } {
  check(options);
  if (matrix.rows === 0 || matrix.cols === 0)
    throw new RangeError(`a matrix of ${matrix.rows} users and ${matrix.cols} items cannot be factorized`);
  const weight = totalOf(matrix.values);
  const pair = openFactorPair({ rows: matrix.rows, columns: matrix.cols, dims: options.dims }, options.threads);
  try {
    return improve(pair, matrix, weight, options);
  } finally {
    pair.close();
  }
}

/** @param weight sum of the matrix */
function improve(pair: FactorPair, matrix: Csr, weight: number, options: IalsOptions): ReturnType<typeof fitIals> {
  const { dims, iterations, alpha0 } = options;
  pair.write('columns', normals(matrix.cols * dims, START_DEVIATION / Math.sqrt(dims), options.random));
  const [users, items] = [planOf('rows', matrix, options), planOf('columns', matrix.transpose(), options)];
  const total = iterations * (matrix.rows + matrix.cols);
  const losses: number[] = [];
  let done = 0;
  const pause = (): void => reportStep(options, done, total);
  const solve = (plan: SidePlan): ReturnType<typeof solveSide> => {
    const sums = solveSide(pair, plan, (row) => reportStep(options, done + row, total));
    done += plan.rows.rows;
    return sums;
  };
  let gram = pair.gram('columns', alpha0, pause);
  for (let round = 0; round < iterations; round++) {
    const { penalty } = solve(users);
    pair.gram('rows', alpha0, pause);
    losses.push(weight - solve(items).explained + penalty);
    gram = pair.gram('columns', alpha0, pause);
  }
  reportStep(options, total, total);
  return { factors: pair.read('columns'), gram, dims, losses };
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
  const items = factors.length / dims;
  const user = ialsUser({ factors, gram, dims, items }, penalty, history);
  return rowProducts(factors, user);
}

/** What folding a user in takes where the factors at hand are those of his items only. */
export interface IalsPart extends IalsModel {
  /** Items of the whole model. */
  readonly items: number;
}

/**
 * Factor of a user who has the given items [dims]: its product with an item's is the interest in that.
 * @param history as of `ialsInterests`; rows of `factors`
 */
export function ialsUser(
  { factors, gram, dims, items }: IalsPart,
  penalty: IalsPenalty,
  history: { readonly rows: ArrayLike<number>; readonly weights: ArrayLike<number> },
): Float32Array {
  const count = factors.length / dims;
  const known = Array.from(history.rows, (row, h) => ({ row, weight: history.weights[h] ?? 0 })).filter(
    ({ row, weight }) => row >= 0 && row < count && weight > 0,
  );
  const row = { indices: known.map((one) => one.row), values: known.map(({ weight }) => weight) };
  return solveRow({ factors, gram, dims }, row, ridge(totalOf(row.values), items, penalty));
}

function planOf(side: SidePlan['side'], rows: Csr, options: IalsOptions): SidePlan {
  const { dims, solver, steps } = options;
  return { side, rows, ridges: ridgesOf(rows, options), dims, steps: solver === 'cholesky' ? 0 : steps };
}

/** Throws RangeError for a weight that is not 0 or above. */
function totalOf(weights: ArrayLike<number>): number {
  let total = 0;
  for (let k = 0; k < weights.length; k++) {
    const weight = weights[k]!;
    if (!(weight >= 0 && weight < Infinity)) throw new RangeError(`weights must be >= 0, got ${weight}`);
    total += weight;
  }
  return total;
}

/** Normal numbers by Box and Muller 1958. */
function normals(count: number, deviation: number, random: () => number): Float32Array {
  const drawn = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    drawn[i] = deviation * radius * Math.cos(2 * Math.PI * random());
  }
  return drawn;
}

function check({ lambda, alpha0, nu, dims, iterations, steps, threads = 1 }: IalsOptions): void {
  for (const [name, value] of Object.entries({ lambda, alpha0 }))
    if (!(value > 0 && value < Infinity)) throw new RangeError(`${name} must be above 0, got ${value}`);
  if (!(nu >= 0 && nu <= 1)) throw new RangeError(`nu must lie in 0..1, got ${nu}`);
  for (const [name, value] of Object.entries({ dims, iterations, steps }))
    if (!(Number.isInteger(value) && value >= 1)) throw new RangeError(`${name} must be >= 1, got ${value}`);
  if (!(Number.isInteger(threads) && threads >= 1 && threads <= MOST_THREADS))
    throw new RangeError(`threads must be an integer of 1..${MOST_THREADS}, got ${threads}`);
}
