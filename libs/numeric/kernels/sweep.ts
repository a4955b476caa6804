import { tile } from './shared/tile';

// Inverse of a symmetric positive definite matrix by blocked symmetric sweeps (Gauss-Jordan that reads and writes only
// the lower triangle; n^3 / 2 multiply-adds, like Cholesky's potrf + potri). For a block of columns K:
//   B = inverse(A_KK); W = A_:K B; A_ij -= W_i A_jK'; A_iK = W_i; A_KK = -B     (i, j outside K)
// After all blocks A holds minus the inverse. Diagonal blocks are factored by Cholesky in f64.
// Panels are packed in groups of eight rows: panel[group][k][8].

let matrix: usize = 0;
let order: i32 = 0;
let panel: usize = 0; // A_:K, zero for rows in K and beyond the matrix
let product: usize = 0; // W, likewise
let depth: i32 = 0; // columns of a panel, a multiple of 4
let diagonal: usize = 0; // f32 copy of the diagonal before the first sweep
// A pivot below this share of its diagonal entry is what f32 rounding leaves of zero.
const SMALLEST_PIVOT: f64 = 5e-7;

function entry(row: i32, column: i32): usize {
  return matrix + ((<usize>row * <usize>order + <usize>column) << 2);
}

function packed(base: usize, row: i32, k: i32): usize {
  return base + ((<usize>(row >> 3) * <usize>depth + <usize>k) << 5) + ((<usize>(row & 7)) << 2);
}

export function openMatrix(at: usize, n: i32, panelAt: usize, productAt: usize, diagonalAt: usize): void {
  matrix = at;
  order = n;
  panel = panelAt;
  product = productAt;
  diagonal = diagonalAt;
  for (let i = 0; i < n; i++) store<f32>(diagonal + ((<usize>i) << 2), load<f32>(entry(i, i)));
}

/** Packs the columns start..start+width of the symmetric matrix, whose lower triangle is current. */
export function packPanel(start: i32, width: i32): void {
  depth = (width + 3) & ~3;
  const bytes = (<usize>((order + 7) >> 3) * <usize>depth) << 5;
  memory.fill(panel, 0, bytes);
  memory.fill(product, 0, bytes);
  for (let k = 0; k < width; k++)
    for (let j = 0; j < start; j++) store<f32>(packed(panel, j, k), load<f32>(entry(start + k, j)));
  for (let i = start + width; i < order; i++)
    for (let k = 0; k < width; k++) store<f32>(packed(panel, i, k), load<f32>(entry(i, start + k)));
}

/**
 * Inverts the diagonal block in f64: minus the inverse goes to `negative` (f32, depth x depth, zero padded).
 * `work` has room for 2 x width x width f64. Returns the column whose pivot is not positive, or -1.
 */
export function invertBlock(start: i32, width: i32, negative: usize, work: usize): i32 {
  const w = <usize>width;
  for (let i = 0; i < width; i++)
    for (let j = 0; j <= i; j++)
      store<f64>(work + ((<usize>i * w + <usize>j) << 3), <f64>load<f32>(entry(start + i, start + j)));
  const bad = factor(work, width, start);
  if (bad >= 0) return start + bad;
  const inverse = work + ((w * w) << 3);
  invertLower(work, inverse, width);
  memory.fill(negative, 0, (<usize>depth * <usize>depth) << 2);
  for (let i = 0; i < width; i++)
    for (let j = 0; j <= i; j++) {
      let sum: f64 = 0;
      for (let k = i; k < width; k++)
        sum +=
          load<f64>(inverse + ((<usize>k * w + <usize>i) << 3)) * load<f64>(inverse + ((<usize>k * w + <usize>j) << 3));
      store<f32>(negative + ((<usize>i * <usize>depth + <usize>j) << 2), <f32>-sum);
      store<f32>(negative + ((<usize>j * <usize>depth + <usize>i) << 2), <f32>-sum);
    }
  return -1;
}

/** Cholesky in place, L in the lower triangle; the first column without a positive pivot, or -1. */
function factor(a: usize, n: i32, start: i32): i32 {
  const w = <usize>n;
  for (let j = 0; j < n; j++) {
    const rowJ = a + ((<usize>j * w) << 3);
    const least = SMALLEST_PIVOT * <f64>load<f32>(diagonal + ((<usize>(start + j)) << 2));
    for (let i = j; i < n; i++) {
      const rowI = a + ((<usize>i * w) << 3);
      let sum = load<f64>(rowI + ((<usize>j) << 3));
      for (let k: usize = 0; k < <usize>j; k++) sum -= load<f64>(rowI + (k << 3)) * load<f64>(rowJ + (k << 3));
      if (i == j) {
        if (!(sum > 0) || !(sum < Infinity) || sum < least) return j;
        store<f64>(rowJ + ((<usize>j) << 3), sqrt(sum));
      } else store<f64>(rowI + ((<usize>j) << 3), sum / load<f64>(rowJ + ((<usize>j) << 3)));
    }
  }
  return -1;
}

/** out = inverse of the lower triangular l. */
function invertLower(l: usize, out: usize, n: i32): void {
  const w = <usize>n;
  for (let i = 0; i < n; i++) {
    const rowL = l + ((<usize>i * w) << 3);
    const pivot = 1 / load<f64>(rowL + ((<usize>i) << 3));
    for (let j = 0; j < i; j++) {
      let sum: f64 = 0;
      for (let k = j; k < i; k++)
        sum += load<f64>(rowL + ((<usize>k) << 3)) * load<f64>(out + ((<usize>k * w + <usize>j) << 3));
      store<f64>(out + ((<usize>i * w + <usize>j) << 3), -sum * pivot);
    }
    store<f64>(out + ((<usize>i * w + <usize>i) << 3), pivot);
  }
}

/** product = panel * B, given minus B: one group of eight rows at a time. */
export function multiplyPanel(negative: usize): void {
  const groups = (order + 7) >> 3;
  const bytes = (<usize>depth) << 5;
  for (let g = 0; g < groups; g++)
    for (let k = 0; k < depth; k += 4) {
      const out = product + <usize>g * bytes + ((<usize>k) << 5);
      tile(negative + ((<usize>k) << 2), (<usize>depth) << 2, panel + <usize>g * bytes, depth, out, 32);
    }
}

/** A_ij -= W_i A_jK' for the columns from..to (multiples of 8) of the lower triangle. May write above the diagonal. */
export function updateColumns(from: i32, to: i32): void {
  const stride = (<usize>order) << 2;
  for (let i = from; i < order; i += 4) {
    const scalars = packed(product, i, 0);
    const last = min(to, i + 4);
    for (let j = from; j < last; j += 8) tile(scalars, 32, packed(panel, j, 0), depth, entry(i, j), stride);
  }
}

/** A_iK = W_i and A_KK = -B, lower triangle. */
export function storePanel(start: i32, width: i32, negative: usize): void {
  for (let k = 0; k < width; k++) {
    for (let j = 0; j < start; j++) store<f32>(entry(start + k, j), load<f32>(packed(product, j, k)));
    for (let j = 0; j <= k; j++)
      store<f32>(entry(start + k, start + j), load<f32>(negative + ((<usize>k * <usize>depth + <usize>j) << 2)));
  }
  for (let i = start + width; i < order; i++)
    for (let k = 0; k < width; k++) store<f32>(entry(i, start + k), load<f32>(packed(product, i, k)));
}

/** Negates the lower triangle and mirrors it, by square pieces that stay in cache. */
export function mirrorNegated(): void {
  for (let i0 = 0; i0 < order; i0 += 32)
    for (let j0 = 0; j0 <= i0; j0 += 32) {
      const iEnd = min(order, i0 + 32);
      for (let i = i0; i < iEnd; i++) {
        const jEnd = min(i + 1, j0 + 32);
        for (let j = j0; j < jEnd; j++) {
          const value: f32 = -load<f32>(entry(i, j));
          store<f32>(entry(i, j), value);
          store<f32>(entry(j, i), value);
        }
      }
    }
}
