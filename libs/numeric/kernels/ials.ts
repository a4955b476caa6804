import { column, factorize, substitute, substituteBack } from './shared/cholesky';
import {
  addPacked,
  bytes,
  DEPTH,
  dims,
  direction,
  gram,
  groups,
  image,
  inverses,
  matrix,
  pack,
  residual,
} from './shared/factors';
import { dot, dots, sumOf } from './shared/lanes';

// Rows of an implicit factorization. The x of a row with entries k (weight v_k, factor y_k of the other side) solves
//   (sum_k v_k y_k y_k' + G + ridge I) x = sum_k v_k y_k
// with G shared by all rows. Its loss beside sum_k v_k is x'(..)x - 2 x'(sum_k v_k y_k); minus that is what it explains.

// Residuals below this share of the first one are rounding; squares below the other would underflow.
const CONVERGED: f64 = 1e-12;
const VANISHED: f64 = 1e-30;

/** y = scale * y + alpha * x */
function blend(y: usize, scale: f32, x: usize, alpha: f32): void {
  const s = f32x4.splat(scale);
  const a = f32x4.splat(alpha);
  for (let j: usize = 0; j < bytes; j += 16)
    v128.store(y + j, f32x4.add(f32x4.mul(s, v128.load(y + j)), f32x4.mul(a, v128.load(x + j))));
}

let entryFactors: usize = 0;
let entryIndices: usize = 0;
let entryValues: usize = 0;
let entries: i32 = 0;

function factorOf(k: i32): usize {
  return entryFactors + <usize>load<i32>(entryIndices + ((<usize>k) << 2)) * bytes;
}

/** out += sum_k v_k (base + sign y_k . vector) y_k; returns sum_k v_k y_k . vector. */
function addEntries(base: f32, sign: f32, vector: usize, out: usize): f64 {
  let total: f64 = 0;
  let k = 0;
  for (; k + 3 < entries; k += 4) {
    const a = factorOf(k);
    const b = factorOf(k + 1);
    const c = factorOf(k + 2);
    const d = factorOf(k + 3);
    const values = v128.load(entryValues + ((<usize>k) << 2));
    const products = dots(a, b, c, d, vector, bytes);
    total += sumOf(f32x4.mul(values, products));
    const shares = f32x4.mul(values, f32x4.add(f32x4.splat(base), f32x4.mul(f32x4.splat(sign), products)));
    const sa = v128.shuffle<i32>(shares, shares, 0, 0, 0, 0);
    const sb = v128.shuffle<i32>(shares, shares, 1, 1, 1, 1);
    const sc = v128.shuffle<i32>(shares, shares, 2, 2, 2, 2);
    const sd = v128.shuffle<i32>(shares, shares, 3, 3, 3, 3);
    for (let j: usize = 0; j < bytes; j += 16) {
      const ab = f32x4.add(f32x4.mul(sa, v128.load(a + j)), f32x4.mul(sb, v128.load(b + j)));
      const cd = f32x4.add(f32x4.mul(sc, v128.load(c + j)), f32x4.mul(sd, v128.load(d + j)));
      v128.store(out + j, f32x4.add(v128.load(out + j), f32x4.add(ab, cd)));
    }
  }
  for (; k < entries; k++) {
    const y = factorOf(k);
    const value = load<f32>(entryValues + ((<usize>k) << 2));
    const product = dot(y, vector, bytes);
    total += <f64>value * product;
    blend(out, 1, y, value * (base + sign * <f32>product));
  }
  return total;
}

/** out = factor * (G + ridge I) vector */
function multiplyGram(ridge: f32, vector: usize, factor: f32, out: usize): void {
  const r = f32x4.splat(ridge);
  const f = f32x4.splat(factor);
  for (let g = 0; g < groups; g++) {
    const at = (<usize>g) << 5;
    let a = f32x4.mul(r, v128.load(vector + at));
    let b = f32x4.mul(r, v128.load(vector + at, 16));
    let c = f32x4.splat(0);
    let d = f32x4.splat(0);
    let from = column(gram, dims, g, 0);
    for (let k: usize = 0; k < bytes; k += 8) {
      let s = v128.load32_splat(vector + k);
      a = f32x4.add(a, f32x4.mul(s, v128.load(from)));
      b = f32x4.add(b, f32x4.mul(s, v128.load(from, 16)));
      s = v128.load32_splat(vector + k, 4);
      c = f32x4.add(c, f32x4.mul(s, v128.load(from, 32)));
      d = f32x4.add(d, f32x4.mul(s, v128.load(from, 48)));
      from += 64;
    }
    v128.store(out + at, f32x4.mul(f, f32x4.add(a, c)));
    v128.store(out + at, f32x4.mul(f, f32x4.add(b, d)), 16);
  }
}

/** Conjugate gradients from where x stands; returns what x explains. */
function descend(x: usize, ridge: f32, steps: i32): f64 {
  multiplyGram(ridge, x, -1, residual);
  let explained = addEntries(1, -1, x, residual) + dot(x, residual, bytes);
  memory.copy(direction, residual, bytes);
  let squares = dot(residual, residual, bytes);
  const least = max(CONVERGED * squares, VANISHED);
  for (let step = 0; step < steps && squares > least; step++) {
    multiplyGram(ridge, direction, 1, image);
    addEntries(0, 1, direction, image);
    const curvature = dot(direction, image, bytes);
    // Negative by rounding only.
    if (!(curvature > 0)) break;
    const length = squares / curvature;
    blend(x, 1, direction, <f32>length);
    blend(residual, 1, image, <f32>-length);
    explained += length * squares;
    const before = squares;
    squares = dot(residual, residual, bytes);
    blend(direction, <f32>(squares / before), residual, 1);
  }
  return explained;
}

/** Solves for x by Cholesky; returns what x explains. */
function solveExactly(x: usize, ridge: f32): f64 {
  memory.copy(matrix, gram, bytes * <usize>dims);
  for (let i = 0; i < dims; i++) {
    const at = column(matrix, dims, i >> 3, i) + ((<usize>(i & 7)) << 2);
    store<f32>(at, load<f32>(at) + ridge);
  }
  memory.fill(x, 0, bytes);
  let k = 0;
  while (k < entries) {
    const rows = min(entries - k, DEPTH);
    // Summed by blocks, as the matrix is: one running sum in f32 would drift over a long row.
    memory.fill(residual, 0, bytes);
    for (let slot = 0; slot < rows; slot++, k++) {
      const value = load<f32>(entryValues + ((<usize>k) << 2));
      pack(factorOf(k), slot, value);
      blend(residual, 1, factorOf(k), value);
    }
    blend(x, 1, residual, 1);
    addPacked(rows);
  }
  factorize(matrix, dims, inverses);
  substitute(matrix, dims, inverses, x);
  const explained = dot(x, x, bytes);
  substituteBack(matrix, dims, inverses, x);
  return explained;
}

let explainedLoss: f64 = 0;
let penalty: f64 = 0;

/**
 * Improves the rows `from`..`to` - 1 of the factors at `own` by `steps` conjugate gradients, or solves them when 0.
 * `offsets` i32, one more than there are rows, of which the first is that of `indices` and `values`; `ridges` f32.
 */
export function solveRows(
  own: usize,
  from: i32,
  to: i32,
  factors: usize,
  offsets: usize,
  indices: usize,
  values: usize,
  ridges: usize,
  steps: i32,
): void {
  const first = load<i32>(offsets);
  entryFactors = factors;
  explainedLoss = 0;
  penalty = 0;
  for (let row = <usize>from; row < <usize>to; row++) {
    const start = load<i32>(offsets + (row << 2));
    entries = load<i32>(offsets + (row << 2), 4) - start;
    entryIndices = indices + ((<usize>(start - first)) << 2);
    entryValues = values + ((<usize>(start - first)) << 2);
    const x = own + row * bytes;
    const ridge = load<f32>(ridges + (row << 2));
    explainedLoss += steps == 0 ? solveExactly(x, ridge) : descend(x, ridge, steps);
    penalty += <f64>ridge * dot(x, x, bytes);
  }
}

/** What the rows solved last explain. */
export function explainedByRows(): f64 {
  return explainedLoss;
}

/** Sum of ridge * |x|^2 over the rows solved last. */
export function penaltyOfRows(): f64 {
  return penalty;
}
