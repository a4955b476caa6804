import { Csr, StoppedError } from '@attune/numeric';
import { fitIals, ialsInterests, type IalsModel, type IalsOptions } from './ials.model.js';

/** A sequence of numbers in [0, 1) that follows from its seed (Park and Miller 1988). */
function chance(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

const USERS = 30;
const ITEMS = 9;
/** Users of three tastes, each item of a taste with two thirds of its users, and weights that are not all 1. */
const dense = Array.from({ length: USERS }, (_, user) =>
  Array.from({ length: ITEMS }, (_, item) =>
    item % 3 === user % 3 && (user + item) % 9 < 6 ? 1 + ((user * item) % 3) / 2 : 0,
  ),
);
const filled = dense.flatMap((line, user) => line.flatMap((value, item) => (value > 0 ? [{ user, item, value }] : [])));
const matrix = Csr.fromTriplets(
  {
    rows: filled.map(({ user }) => user),
    cols: filled.map(({ item }) => item),
    values: filled.map(({ value }) => value),
  },
  USERS,
  ITEMS,
);
const options = (changes: Partial<IalsOptions> = {}): IalsOptions => ({
  dims: 4,
  lambda: 0.02,
  alpha0: 0.2,
  nu: 1,
  iterations: 6,
  steps: 4,
  random: chance(7),
  ...changes,
});

type Matrix = readonly (readonly number[])[];
const product = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0);

/** The x of a x = b by Gauss and Jordan, in f64. */
function solve(a: Matrix, b: readonly number[]): number[] {
  const rows = a.map((line, i) => [...line, b[i]!]);
  for (const [pivot, top] of rows.entries()) {
    const scale = top[pivot]!;
    for (let j = 0; j < top.length; j++) top[j]! /= scale;
    for (const [i, line] of rows.entries()) {
      const factor = line[pivot]!;
      if (i !== pivot) for (let j = 0; j < line.length; j++) line[j]! -= factor * top[j]!;
    }
  }
  return rows.map((line) => line.at(-1)!);
}

/** The least squares of one row over all columns, as Hu, Koren and Volinsky write them, with the 2021 weights. */
function factorOf(weights: readonly number[], others: Matrix, { lambda, alpha0, nu }: IalsOptions): number[] {
  const dims = others[0]!.length;
  const ridge = lambda * (weights.reduce((sum, weight) => sum + weight, 0) + alpha0 * weights.length) ** nu;
  const matrixOf = (i: number, j: number): number =>
    others.reduce((sum, y, k) => sum + (weights[k]! + alpha0) * y[i]! * y[j]!, i === j ? ridge : 0);
  const axis = Array.from({ length: dims }, (_, d) => d);
  return solve(
    axis.map((i) => axis.map((j) => matrixOf(i, j))),
    axis.map((i) => others.reduce((sum, y, k) => sum + weights[k]! * y[i]!, 0)),
  );
}

const columns = (of: Matrix): Matrix => of[0]!.map((_, j) => of.map((line) => line[j]!));
const factorsOf = ({ factors, dims }: IalsModel): Matrix =>
  Array.from({ length: factors.length / dims }, (_, row) => [...factors.subarray(row * dims, (row + 1) * dims)]);

/** The loss after so many rounds from given item factors. */
function lossAfter(rounds: number, start: Matrix, by: IalsOptions): number {
  let [users, items]: [Matrix, Matrix] = [[], start];
  for (let round = 0; round < rounds; round++) {
    users = dense.map((line) => factorOf(line, items, by));
    items = columns(dense).map((line) => factorOf(line, users, by));
  }
  const predicted = users.map((w) => items.map((h) => product(w, h)));
  const penalty = (rows: Matrix, factors: Matrix): number =>
    rows.reduce((sum, line, r) => {
      const weight = line.reduce((total, value) => total + value, 0) + by.alpha0 * line.length;
      return sum + by.lambda * weight ** by.nu * product(factors[r]!, factors[r]!);
    }, 0);
  let loss = penalty(dense, users) + penalty(columns(dense), items);
  dense.forEach((line, u) =>
    line.forEach((weight, i) => {
      loss += weight * (predicted[u]![i]! - 1) ** 2 + by.alpha0 * predicted[u]![i]! ** 2;
    }),
  );
  return loss;
}

/** The item factors a fit starts from. */
function startOf({ dims, random }: IalsOptions): Matrix {
  const drawn = Array.from({ length: ITEMS * dims }, () => {
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    return (0.1 / Math.sqrt(dims)) * radius * Math.cos(2 * Math.PI * random());
  });
  return Array.from({ length: ITEMS }, (_, item) => drawn.slice(item * dims, (item + 1) * dims));
}

function withoutWebAssembly<T>(work: () => T): T {
  const own = Object.getOwnPropertyDescriptor(globalThis, 'WebAssembly')!;
  try {
    Object.defineProperty(globalThis, 'WebAssembly', { ...own, value: undefined });
    return work();
  } finally {
    Object.defineProperty(globalThis, 'WebAssembly', own);
  }
}

describe('iALS', () => {
  it.each([1, 0.5])('gives the known answer of dense alternating least squares (nu %d)', (nu) => {
    const model = fitIals(matrix, options({ nu, steps: 12, iterations: 3 }));
    expect(model.losses.at(-1)).toBeCloseTo(lossAfter(3, startOf(options()), options({ nu })), 3);
    // What is predicted for a training user by folding in is what one more half round gives him.
    const items = factorsOf(model);
    const folded = dense.map((line) => {
      const rows = line.flatMap((value, item) => (value > 0 ? [item] : []));
      return ialsInterests(model, options({ nu }), { rows, weights: rows.map((item) => line[item]!) });
    });
    dense.forEach((line, user) => {
      const expected = items.map((h) => product(factorOf(line, items, options({ nu })), h));
      expected.forEach((value, item) => expect(folded[user]![item]).toBeCloseTo(value, 4));
    });
  });

  it('has that loss with rows solved by Cholesky too, whatever the steps', () => {
    const model = fitIals(matrix, options({ solver: 'cholesky', steps: 1, iterations: 3 }));
    expect(model.losses.at(-1)).toBeCloseTo(lossAfter(3, startOf(options()), options()), 3);
  });

  it.each(['cg', 'cholesky'] as const)('is the same without WebAssembly (%s)', (solver) => {
    const fast = fitIals(matrix, options({ solver }));
    const plain = withoutWebAssembly(() => fitIals(matrix, options({ solver })));
    plain.factors.forEach((value, i) => expect(fast.factors[i]).toBeCloseTo(value, 4));
    plain.losses.forEach((loss, round) => expect(fast.losses[round]).toBeCloseTo(loss, 4));
    const history = { rows: [1, 4], weights: [1, 2] };
    const interests = withoutWebAssembly(() => ialsInterests(plain, options(), history));
    ialsInterests(fast, options(), history).forEach((value, i) => expect(value).toBeCloseTo(interests[i]!, 4));
  });

  it('lowers its loss in every round, also with few steps', () => {
    for (const steps of [1, 3]) {
      const { losses } = fitIals(matrix, options({ steps, iterations: 15 }));
      losses.slice(1).forEach((loss, round) => expect(loss).toBeLessThanOrEqual(losses[round]! * (1 + 1e-6)));
      expect(losses.at(-1)).toBeLessThan(losses[0]! * 0.9);
    }
  });

  it('is the same for the same numbers, and another for others', () => {
    const [first, again, other] = [7, 7, 8].map((seed) => fitIals(matrix, options({ random: chance(seed) })));
    expect(again).toEqual(first);
    expect(other!.factors).not.toEqual(first!.factors);
  });

  it('prefers the taste of the history, and says nothing without one', () => {
    const model = fitIals(matrix, options({ iterations: 12 }));
    const interests = ialsInterests(model, options(), { rows: [0, -1, ITEMS, 3], weights: [1, 9, 9, 0.5] });
    const ranked = [...interests.keys()].sort((a, b) => interests[b]! - interests[a]!);
    expect(ranked.slice(0, 3).sort()).toEqual([0, 3, 6]);
    const alone = ialsInterests(model, options(), { rows: [0, 3], weights: [1, 0.5] });
    expect(alone).toEqual(interests);
    expect([...ialsInterests(model, options(), { rows: [], weights: [] })]).toEqual(Array(ITEMS).fill(0));
  });

  it('reports every row up to the total, stops on request and refuses bad options', () => {
    const seen: [number, number][] = [];
    fitIals(matrix, options({ iterations: 2, progress: (done, total) => seen.push([done, total]) }));
    const total = 2 * (USERS + ITEMS);
    expect(seen).toEqual([0, USERS, USERS + ITEMS, 2 * USERS + ITEMS, total].map((done) => [done, total]));
    expect(() => fitIals(matrix, options({ shouldStop: () => true }))).toThrow(StoppedError);
    expect(() => fitIals(matrix, options({ lambda: 0 }))).toThrow('lambda must be above 0, got 0');
    expect(() => fitIals(matrix, options({ nu: 2 }))).toThrow('nu must lie in 0..1, got 2');
    expect(() => fitIals(matrix, options({ dims: 1.5 }))).toThrow('dims must be >= 1, got 1.5');
    for (const threads of [0, 1.5, 65])
      expect(() => fitIals(matrix, options({ threads }))).toThrow(
        `threads must be an integer of 1..64, got ${threads}`,
      );
  });

  it('is the same by three threads, which stop on request, too', () => {
    for (const solver of ['cg', 'cholesky'] as const) {
      const [one, three] = [1, 3].map((threads) => fitIals(matrix, options({ threads, solver, random: chance(7) })));
      expect(three).toEqual(one);
    }
    let asked = 0;
    const shouldStop = (): boolean => ++asked > 4;
    expect(() => fitIals(matrix, options({ threads: 3, shouldStop }))).toThrow(StoppedError);
  });

  it('reports and stops within a side that takes long', () => {
    const many = Csr.fromTriplets({ rows: [0], cols: [0] }, 300, 2);
    const seen: number[] = [];
    const long = options({ dims: 512, steps: 3, iterations: 1 });
    fitIals(many, { ...long, progress: (done) => seen.push(done) });
    expect(seen.filter((done) => done > 0 && done < 300).length).toBeGreaterThan(0);
    expect([...seen].sort((a, b) => a - b)).toEqual(seen);
    let asked = 0;
    expect(() => fitIals(many, { ...long, shouldStop: () => ++asked > 2 })).toThrow(StoppedError);
    expect(asked).toBe(3);
  });

  const empty = (users: number, items: number): Csr => Csr.fromTriplets({ rows: [], cols: [] }, users, items);

  it('is a model of zeros where users and items have nothing in common, and refuses a matrix without any', () => {
    expect(() => fitIals(empty(0, 3), options())).toThrow('a matrix of 0 users and 3 items cannot be factorized');
    expect(() => fitIals(empty(3, 0), options())).toThrow(RangeError);
    for (const solver of ['cg', 'cholesky'] as const) {
      const model = fitIals(empty(4, 5), options({ solver, steps: 40, iterations: 2 }));
      expect(model.factors).toHaveLength(5 * 4);
      model.factors.forEach((value) => expect(Math.abs(value)).toBeLessThan(1e-6));
      expect(model.losses.at(-1)).toBeCloseTo(0, 6);
    }
  });

  it('learns from one user and one item, and refuses weights that are none', () => {
    const one = (value: number): Csr => Csr.fromTriplets({ rows: [0], cols: [0], values: [value] }, 1, 1);
    const model = fitIals(one(1), options({ iterations: 20 }));
    expect(ialsInterests(model, options(), { rows: [0], weights: [1] })[0]).toBeGreaterThan(0.5);
    for (const value of [NaN, -1, Infinity])
      expect(() => fitIals(one(value), options())).toThrow(`weights must be >= 0, got ${value}`);
  });
});
