/** What several measurements are made on, from seeds. */
import { createRequire } from 'node:module';

const { Csr, gram } = createRequire(import.meta.url)('../../libs/numeric');

export function chance(seed) {
  let state = seed;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

export function floats(count, seed) {
  const random = chance(seed);
  return Float32Array.from({ length: count }, () => random() - 0.5);
}

export function identity(n) {
  return Float32Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? 1 : 0));
}

/** Users and items of unequal activity and popularity. */
export function sparse(rows, cols, entries) {
  const random = chance(1);
  const pairs = new Set();
  while (pairs.size < entries) pairs.add(Math.floor(rows * random() ** 1.5) * cols + Math.floor(cols * random() ** 2));
  const columns = {
    rows: Array.from(pairs, (at) => Math.floor(at / cols)),
    cols: Array.from(pairs, (at) => at % cols),
  };
  return Csr.fromTriplets(columns, rows, cols);
}

/** Symmetric and positive definite. */
export function madeSquare(n) {
  const made = gram(sparse(3 * n, n, 40 * n));
  for (let i = 0; i < n; i++) made[i * (n + 1)] += 50;
  return made;
}

/** Unit vectors around 500 centers. */
export function clustered(count, dims) {
  const random = chance(7);
  const centers = Float32Array.from({ length: 500 * dims }, () => random() - 0.5);
  const data = new Float32Array(count * dims);
  for (let row = 0; row < count; row++) {
    const center = Math.floor(random() * 500) * dims;
    let squares = 0;
    for (let i = 0; i < dims; i++)
      squares += (data[row * dims + i] = centers[center + i] + 1.2 * (random() - 0.5)) ** 2;
    for (let i = 0; i < dims; i++) data[row * dims + i] /= Math.sqrt(squares);
  }
  return { data, count, dims, row: (i) => data.subarray(i * dims, (i + 1) * dims) };
}
