import { type Csr, dot, reportStep, type Watch } from '@attune/numeric';
import { type ItemHistory } from '../data/sequences.js';

/** How factors climb. */
export interface BprClimb {
  /** Length of the first step, > 0; steps shorten to 0 in equal parts. Default 0.05. */
  readonly rate?: number;
  /** L2 penalty of the factors that a step moves, >= 0. Default 0.003. */
  readonly lambda?: number;
  /** Steps for each entry of the matrix, or each item of the history, >= 1. Default 50. */
  readonly passes?: number;
}

export interface BprOptions extends BprClimb, Watch {
  /** Length of a factor, >= 1. Default 64. */
  readonly dims?: number;
  /** Uniform in [0, 1): the start and the draws. The same numbers give the same model. */
  readonly random: () => number;
}

/** What folding a user in takes: nothing of it belongs to a user. */
export interface BprModel {
  /** Item factors [items × dims]. */
  readonly factors: Float32Array;
  /** How items do with everybody [items]. */
  readonly biases: Float32Array;
  readonly dims: number;
}

/** Width of the range, around 0, of the first factors. */
const START_RANGE = 0.1;
/** Steps between two reports. */
const STEP = 1 << 16;
/** Tries to draw an item that the user does not have; then none is learned from. */
const TRIES = 10;
/** Items are met evenly when each step goes on by this part of them (the golden ratio). */
const STRIDE = 0.6180339887498949;

/**
 * BPR-MF (Rendle et al. 2009, "BPR: Bayesian personalized ranking from implicit feedback"): factors and biases that
 * maximize Σ ln σ(x_ui − x_uj) − penalty, x_ui = w_u · h_i + b_i, over entries (u, i) and items j that u does not have,
 * by stochastic gradient ascent.
 * @param matrix users × items; all entries above 0 count alike
 * Throws RangeError for bad options or fewer than two items, StoppedError. Progress is in steps.
 */
export function fitBpr(matrix: Csr, options: BprOptions): BprModel {
  const { dims = 64, random } = options;
  const { rate, lambda, passes } = climbOf(options);
  if (!(Number.isInteger(dims) && dims >= 1)) throw new RangeError(`dims must be >= 1, got ${dims}`);
  if (matrix.cols < 2) throw new RangeError(`BPR compares items: ${matrix.cols} are too few`);
  const users = startOf(matrix.rows * dims, random);
  const model = { factors: startOf(matrix.cols * dims, random), biases: new Float32Array(matrix.cols), dims };
  const owners = new Int32Array(matrix.entries);
  for (let user = 0; user < matrix.rows; user++) owners.fill(user, matrix.indptr[user], matrix.indptr[user + 1]);
  const climber = new Climber(model, users, lambda);
  const total = passes * matrix.entries;
  for (let step = 0; step < total; step++) {
    if (step % STEP === 0) reportStep(options, step, total);
    const entry = Math.floor(random() * matrix.entries);
    const user = owners[entry]!;
    const worse = drawOther(matrix, user, random);
    if (worse < 0 || !(matrix.values[entry]! > 0)) continue;
    climber.climb(user * dims, matrix.indices[entry]!, worse, rate * (1 - step / total));
  }
  reportStep(options, total, total);
  return model;
}

/**
 * Interest in every item of a user who has the given ones: their factor is learned here as in training, from 0, with the
 * items as they are. What they do not have is met evenly, not by chance: the same history gives the same interests.
 * @param history an item's weight multiplies its steps
 * @returns [items], higher is better; the biases where no item is known
 * Throws RangeError for bad options.
 */
export function bprInterests(model: BprModel, history: ItemHistory, options: BprClimb = {}): Float32Array {
  const { rate, lambda, passes } = climbOf(options);
  const { factors, biases, dims } = model;
  const user = new Float32Array(dims);
  const climber = new Climber(model, user, lambda);
  const known = Array.from({ length: history.rows.length }, (_, h) => h).filter(
    (h) => biases[history.rows[h]!] !== undefined,
  );
  const had = new Set(known.map((h) => history.rows[h]!));
  const total = passes * known.length;
  for (let step = 0; step < total; step++) {
    const h = known[step % known.length]!;
    const worse = Math.floor(((step * STRIDE) % 1) * biases.length);
    if (had.has(worse)) continue;
    climber.climbUser(0, history.rows[h]!, worse, rate * (1 - step / total) * (history.weights?.[h] ?? 1));
  }
  return biases.map((bias, item) => bias + dot(factors, item * dims, user, 0, dims));
}

/** Steps of gradient ascent on ln σ(x_ui − x_uj). */
class Climber {
  constructor(
    private readonly model: BprModel,
    private readonly users: Float32Array,
    private readonly lambda: number,
  ) {}

  /** Moves the user's factor, which begins at `at`, and both items. */
  climb(at: number, better: number, worse: number, rate: number): void {
    const { users, lambda } = this;
    const { factors, biases, dims } = this.model;
    const slope = rate * this.surprise(at, better, worse);
    const decay = 1 - rate * lambda;
    const [p, q] = [better * dims, worse * dims];
    for (let d = 0; d < dims; d++) {
      const own = users[at + d]!;
      const good = factors[p + d]!;
      const bad = factors[q + d]!;
      users[at + d] = decay * own + slope * (good - bad);
      factors[p + d] = decay * good + slope * own;
      factors[q + d] = decay * bad - slope * own;
    }
    biases[better] = decay * biases[better]! + slope;
    biases[worse] = decay * biases[worse]! - slope;
  }

  /** Moves the user's factor alone. */
  climbUser(at: number, better: number, worse: number, rate: number): void {
    const { users, lambda } = this;
    const { factors, dims } = this.model;
    const slope = rate * this.surprise(at, better, worse);
    const decay = 1 - rate * lambda;
    const [p, q] = [better * dims, worse * dims];
    for (let d = 0; d < dims; d++) users[at + d] = decay * users[at + d]! + slope * (factors[p + d]! - factors[q + d]!);
  }

  /** σ(x_uj − x_ui): near 1 where the worse item is above the better one. */
  private surprise(at: number, better: number, worse: number): number {
    const { factors, biases, dims } = this.model;
    const lead =
      biases[better]! -
      biases[worse]! +
      dot(factors, better * dims, this.users, at, dims) -
      dot(factors, worse * dims, this.users, at, dims);
    return 1 / (1 + Math.exp(lead));
  }
}

/** An item that the user does not have, or −1 after tries in vain. */
function drawOther(matrix: Csr, user: number, random: () => number): number {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const item = Math.floor(random() * matrix.cols);
    if (!has(matrix, user, item)) return item;
  }
  return -1;
}

/** Whether the matrix has an entry, by bisection. */
function has({ indptr, indices }: Csr, row: number, col: number): boolean {
  let from = indptr[row]!;
  let to = indptr[row + 1]!;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (indices[middle]! < col) from = middle + 1;
    else to = middle;
  }
  return from < indptr[row + 1]! && indices[from] === col;
}

function startOf(count: number, random: () => number): Float32Array {
  return Float32Array.from({ length: count }, () => START_RANGE * (random() - 0.5));
}

function climbOf({ rate = 0.05, lambda = 0.003, passes = 50 }: BprClimb): Required<BprClimb> {
  if (!(rate > 0 && rate < Infinity)) throw new RangeError(`rate must be above 0, got ${rate}`);
  if (!(lambda >= 0 && lambda < Infinity)) throw new RangeError(`lambda must be >= 0, got ${lambda}`);
  if (!(Number.isInteger(passes) && passes >= 1)) throw new RangeError(`passes must be >= 1, got ${passes}`);
  return { rate, lambda, passes };
}
