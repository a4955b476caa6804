import { Csr } from './csr.matrix.js';
import { relativeError, uniform } from './fixtures/dense.js';
import { withoutWebAssembly } from './fixtures/without-web-assembly.js';
import { gram } from './gram.kernel.js';
import { NotPositiveDefiniteError } from './spd.error.js';
import { allocateSquare, invertSpd } from './spd.inverse.js';
import { StoppedError, type Watch } from './watch.js';

/** Gauss-Jordan in f64. */
function reference(matrix: Float32Array, n: number): Float64Array {
  const a = Float64Array.from(matrix);
  for (let p = 0; p < n; p++) {
    const pivot = 1 / a[p * n + p]!;
    a[p * n + p] = 1;
    for (let j = 0; j < n; j++) a[p * n + j]! *= pivot;
    for (let i = 0; i < n; i++) {
      if (i === p) continue;
      const factor = a[i * n + p]!;
      a[i * n + p] = 0;
      for (let j = 0; j < n; j++) a[i * n + j]! -= factor * a[p * n + j]!;
    }
  }
  return a;
}

function random(n: number, seed: number): Float32Array {
  const chance = uniform(seed);
  const factor = Float64Array.from({ length: n * n }, () => chance() - 0.5);
  const matrix = allocateSquare(n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = i === j ? 1 : 0;
      for (let k = 0; k < n; k++) sum += factor[i * n + k]! * factor[j * n + k]!;
      matrix[i * n + j] = matrix[j * n + i] = sum;
    }
  return matrix;
}

/** Sessions over items of very unequal popularity, with a weak lambda. */
function easeLike(n: number, lambda: number): Float32Array {
  const chance = uniform(n);
  const rows = Array.from({ length: n * 100 }, (_, i) => Math.floor(i / 20));
  const cols = rows.map(() => Math.floor(n * chance() ** 3));
  const pairs = new Set(rows.map((row, i) => row * n + cols[i]!));
  const distinct = { rows: Array.from(pairs, (p) => Math.floor(p / n)), cols: Array.from(pairs, (p) => p % n) };
  const matrix = gram(Csr.fromTriplets(distinct, n * 5, n));
  for (let i = 0; i < n; i++) matrix[i * n + i]! += lambda;
  return matrix;
}

const kinds: [string, (matrix: Float32Array, n: number, watch?: Watch) => void][] = [
  ['WebAssembly', invertSpd],
  ['plain TypeScript', (...given) => withoutWebAssembly(() => invertSpd(...given))],
];

describe.each(kinds)('invertSpd in %s', (_, invert) => {
  // Around the sizes of a tile (4 x 8), a block (128) and a strip (256).
  it.each([0, 1, 3, 4, 8, 9, 31, 127, 128, 129, 130, 257, 300])('inverts a random matrix of n = %i', (n) => {
    const matrix = random(n, n + 1);
    const expected = reference(matrix, n);
    invert(matrix, n);
    if (n > 0) expect(relativeError(matrix, expected)).toBeLessThan(1e-5);
    const mirrored = matrix.map((_, at) => matrix[(at % n) * n + Math.floor(at / n)]!);
    expect(Buffer.from(mirrored.buffer).equals(Buffer.from(matrix.slice().buffer))).toBe(true);
  });

  it.each([50, 300])('gives EASE weights within 1e-3 of f64, n = %i', (n) => {
    const matrix = easeLike(n, 1);
    const expected = reference(matrix, n);
    invert(matrix, n);
    const weights = (inverse: ArrayLike<number>): Float64Array =>
      Float64Array.from(inverse, (x, at) => (at % (n + 1) === 0 ? 0 : -x / inverse[(at % n) * (n + 1)]!));
    expect(relativeError(weights(matrix), weights(expected))).toBeLessThan(1e-4);
  });

  it('reads the lower triangle only and works on any array', () => {
    const matrix = Float32Array.of(4, NaN, 2, 3);
    invert(matrix, 2);
    expect([...matrix]).toEqual([0.375, -0.25, -0.25, 0.5]);
  });

  it('names the pivot of a matrix that is not positive definite', () => {
    const singular = random(200, 3);
    // Row and column 150 repeat row and column 20.
    for (let i = 0; i < 200; i++) singular[150 * 200 + i] = singular[20 * 200 + i]!;
    for (let i = 0; i < 200; i++) singular[i * 200 + 150] = singular[i * 200 + 20]!;
    singular[150 * 200 + 150] = singular[20 * 200 + 20]!;
    expect(() => invert(singular, 200)).toThrow(NotPositiveDefiniteError);
    const negative = Float32Array.of(1, 0, 0, 0, -1, 0, 0, 0, 1);
    expect(() => invert(negative, 3)).toThrow(
      'not positive definite at pivot 1; add more to its diagonal (raise lambda)',
    );
    expect(() => invert(Float32Array.of(NaN), 1)).toThrow('at pivot 0');
  });

  it('reports progress and stops on request', () => {
    const seen: number[] = [];
    invert(random(300, 5), 300, { progress: (done, total) => seen.push(done / total) });
    expect(seen[0]).toBe(0);
    expect(seen.at(-1)).toBe(1);
    expect(seen).toHaveLength(4);
    let calls = 0;
    expect(() => invert(random(300, 5), 300, { shouldStop: () => ++calls > 1 })).toThrow(StoppedError);
  });
});

describe('invertSpd', () => {
  it('gives in plain TypeScript what it gives in WebAssembly', () => {
    for (const n of [5, 128, 300]) {
      const [fast, plain] = kinds.map(([, invert]) => {
        const matrix = easeLike(n, 20);
        invert(matrix, n);
        return matrix;
      });
      expect(relativeError(plain!, fast!)).toBeLessThan(1e-5);
    }
  });

  it('looks at the watch within a sweep of a large matrix in plain TypeScript', () => {
    const n = 2_100;
    const matrix = new Float32Array(n * n);
    for (let i = 0; i < n; i++) matrix[i * n + i] = 1;
    let looks = 0;
    const shouldStop = (): boolean => ++looks === 2;
    const stopped = (): void => withoutWebAssembly(() => invertSpd(matrix, n, { shouldStop }));
    expect(stopped).toThrow('at step 0 of 2100');
  });

  it('allocates without WebAssembly, too', () => {
    const [fast, plain] = [allocateSquare(3), withoutWebAssembly(() => allocateSquare(3))];
    expect(plain).toEqual(new Float32Array(9));
    for (const matrix of [fast, plain]) for (const [i, value] of [2, 4, 8].entries()) matrix[i * 4] = value;
    // Either is inverted by either.
    withoutWebAssembly(() => invertSpd(fast, 3));
    invertSpd(plain, 3);
    for (const matrix of [fast, plain])
      expect(Array.from(matrix, (x) => x + 0)).toEqual([0.5, 0, 0, 0, 0.25, 0, 0, 0, 0.125]);
  });

  it('refuses sizes that do not fit', () => {
    expect(() => invertSpd(new Float32Array(5), 2)).toThrow('5 numbers are not a 2 x 2 matrix');
    expect(() => allocateSquare(40_000)).toThrow('exceeds 4 GiB');
    expect(() => allocateSquare(-1)).toThrow('n must be a whole number');
  });
});
