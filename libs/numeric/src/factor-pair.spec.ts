import { Csr } from './csr.matrix.js';
import { WasmFactorPair, wasmFactorPairFits } from './factor-pair.kernel.js';
import { PlainFactorPair } from './factor-pair.plain.js';
import type { FactorPair, FactorShape, RowPiece, RowSums } from './factor-pair.js';
import { openFactorPair } from './open-factor-pair.js';
import { relativeError, solveDense, uniform } from './fixtures/dense.js';
import { withoutWebAssembly } from './fixtures/without-web-assembly.js';

const ROWS = 40;
const COLUMNS = 150;

/** Rows with 0 to 149 entries, so that panels of 128 and remainders of four are met; weights 0.5 to 2. */
function matrixOf(seed: number): Csr {
  const random = uniform(seed);
  const [rows, cols, values]: [number[], number[], number[]] = [[], [], []];
  for (let r = 0; r < ROWS; r++)
    for (let c = 0; c < COLUMNS; c++)
      if (r > 0 && (c < r || random() < r / ROWS)) {
        rows.push(r);
        cols.push(c);
        values.push(0.5 + 1.5 * random());
      }
  return Csr.fromTriplets({ rows, cols, values }, ROWS, COLUMNS);
}

const matrix = matrixOf(5);
const ridges = Float32Array.from({ length: ROWS }, (_, r) => 0.3 + r / 20);
const drawn = (count: number, seed: number): Float32Array => {
  const random = uniform(seed);
  return Float32Array.from({ length: count }, () => random() - 0.5);
};

function pieceOf(first: number, end: number): RowPiece {
  const { indptr, indices, values } = matrix;
  const [from, to] = [indptr[first]!, indptr[end]!];
  return {
    first,
    offsets: indptr.slice(first, end + 1),
    indices: indices.slice(from, to),
    values: values.slice(from, to),
    ridges: ridges.slice(first, end),
  };
}

const shape = (dims: number): FactorShape => ({ rows: ROWS, columns: COLUMNS, dims });
const kinds: [string, (shape: FactorShape) => FactorPair][] = [
  ['WebAssembly', (of) => new WasmFactorPair(of)],
  ['plain TypeScript', (of) => new PlainFactorPair(of)],
];

/** Solves the rows in two pieces. */
function solved(
  pair: FactorPair,
  dims: number,
  steps: number,
): RowSums & { factors: Float32Array; gram: Float32Array } {
  pair.write('rows', drawn(ROWS * dims, 2));
  pair.write('columns', drawn(COLUMNS * dims, 3));
  const gram = pair.gram('columns', 0.7);
  const sums = [pair.solve('rows', pieceOf(0, 23), steps), pair.solve('rows', pieceOf(23, ROWS), steps)];
  const [explained, penalty] = [sums[0]!.explained + sums[1]!.explained, sums[0]!.penalty + sums[1]!.penalty];
  return { explained, penalty, factors: pair.read('rows'), gram };
}

/** The same by the textbook, in f64. */
function expectedOf(dims: number): { factors: number[]; gram: number[]; explained: number; penalty: number } {
  const others = drawn(COLUMNS * dims, 3);
  const axis = Array.from({ length: dims }, (_, d) => d);
  const y = Array.from({ length: COLUMNS }, (_, c) => [...others.subarray(c * dims, (c + 1) * dims)]);
  const gram = axis.map((i) => axis.map((j) => 0.7 * y.reduce((sum, one) => sum + one[i]! * one[j]!, 0)));
  let [explained, penalty] = [0, 0];
  const factors = Array.from(ridges, (ridge, r) => {
    const { indices, values } = matrix.row(r);
    const right = axis.map((i) => indices.reduce((sum, c, k) => sum + values[k]! * y[c]![i]!, 0));
    const left = axis.map((i) =>
      axis.map((j) =>
        indices.reduce((sum, c, k) => sum + values[k]! * y[c]![i]! * y[c]![j]!, gram[i]![j]! + (i === j ? ridge : 0)),
      ),
    );
    const x = solveDense(left, right);
    explained += x.reduce((sum, value, i) => sum + value * right[i]!, 0);
    penalty += x.reduce((sum, value) => sum + ridge * value * value, 0);
    return x;
  });
  return { factors: factors.flat(), gram: gram.flat(), explained, penalty };
}

describe.each(kinds)('factor pair in %s', (_, open) => {
  it.each([1, 5, 8, 20])('solves rows of %i dims exactly, by both methods', (dims) => {
    const expected = expectedOf(dims);
    for (const steps of [0, 6 * dims]) {
      const actual = solved(open(shape(dims)), dims, steps);
      expect(relativeError(actual.gram, expected.gram)).toBeLessThan(1e-6);
      expect(relativeError(actual.factors, expected.factors)).toBeLessThan(1e-5);
      expect(actual.explained / expected.explained).toBeCloseTo(1, 5);
      expect(actual.penalty / expected.penalty).toBeCloseTo(1, 5);
    }
  });

  it('explains more with each step, of what it says for every number of them', () => {
    const explained = [1, 2, 3, 4, 40].map((steps) => solved(open(shape(12)), 12, steps).explained);
    explained.slice(1).forEach((value, i) => expect(value).toBeGreaterThan(explained[i]!));
    expect(explained.at(-1)! / expectedOf(12).explained).toBeCloseTo(1, 5);
  });

  it('has zeros first, gives back what is written, and solves the other side', () => {
    const pair = open(shape(3));
    expect(pair.read('rows')).toEqual(new Float32Array(ROWS * 3));
    const factors = drawn(ROWS * 3, 8);
    pair.write('rows', factors);
    expect(pair.read('rows')).toEqual(factors);
    pair.gram('rows', 1);
    const one = { first: 149, offsets: Int32Array.of(7, 8), indices: Int32Array.of(39), values: Float32Array.of(2) };
    pair.solve('columns', { ...one, ridges: Float32Array.of(0.1) }, 0);
    const columns = pair.read('columns');
    expect(columns.subarray(0, 149 * 3)).toEqual(new Float32Array(149 * 3));
    expect(columns.subarray(149 * 3).every((value) => value !== 0)).toBe(true);
  });

  it('leaves out a direction that has no weight at all, instead of dividing by rounding', () => {
    const pair = open({ rows: 1, columns: 2, dims: 9 });
    pair.write('columns', Float32Array.of(...Array(9).fill(1), ...Array(9).fill(3)));
    pair.gram('columns', 1);
    const piece = { first: 0, offsets: Int32Array.of(0, 1), indices: Int32Array.of(1), values: Float32Array.of(1) };
    for (const steps of [0, 9]) {
      pair.solve('rows', { ...piece, ridges: Float32Array.of(1e-20) }, steps);
      const x = pair.read('rows');
      // (1 x·9 + 1 · 9 + 9 · 9) of the sum of x is the weight of the only direction there is.
      expect(x.reduce((sum, value) => sum + value, 0)).toBeCloseTo(3 / 19, 4);
    }
  });

  it('pauses between pieces of a long sum', () => {
    const pair = open({ rows: 600, columns: 1, dims: 512 });
    let pauses = 0;
    pair.gram('rows', 1, () => pauses++);
    expect(pauses).toBe(2);
    const stop = (): never => {
      throw new Error('stopped');
    };
    expect(() => pair.gram('rows', 1, stop)).toThrow('stopped');
  });
});

describe('openFactorPair', () => {
  it('gives the same results in WebAssembly as in plain TypeScript', () => {
    for (const dims of [7, 16, 33])
      for (const steps of [0, 1, 3]) {
        const [fast, plain] = kinds.map(([, open]) => solved(open(shape(dims)), dims, steps));
        expect(relativeError(fast!.factors, plain!.factors)).toBeLessThan(1e-5);
        expect(relativeError(fast!.gram, plain!.gram)).toBeLessThan(1e-6);
        expect(fast!.explained / plain!.explained).toBeCloseTo(1, 6);
        expect(fast!.penalty / plain!.penalty).toBeCloseTo(1, 5);
      }
  });

  it('falls back to plain TypeScript without WebAssembly', () => {
    expect(openFactorPair(shape(2))).toBeInstanceOf(WasmFactorPair);
    expect(withoutWebAssembly(() => openFactorPair(shape(2)))).toBeInstanceOf(PlainFactorPair);
  });

  it('knows what one memory holds', () => {
    expect(wasmFactorPairFits({ rows: 1_000_000, columns: 200_000, dims: 64 })).toBe(true);
    expect(wasmFactorPairFits({ rows: 15_000_000, columns: 1_000_000, dims: 64 })).toBe(false);
  });
});
