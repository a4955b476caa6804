import { NotPositiveDefiniteError } from './spd.error.js';
import { dot } from './vectors.kernel.js';
import { reportStep, type Watch } from './watch.js';

/** Columns of one sweep, as in the kernel. */
const BLOCK = 128;
/** Multiply-adds between two looks at the watch. */
const PIECE = 2 ** 27;
/** A pivot below this share of its diagonal entry is what f32 rounding leaves of zero. */
const SMALLEST_PIVOT = 5e-7;

/**
 * Replaces a symmetric positive definite matrix [n x n] by its inverse; only its lower triangle is read. Goes by blocks
 * of columns K, as kernels/sweep.ts does, with what is summed in f64 and rounded once a block:
 *   B = inverse(A_KK); W = A_:K B; A_ij -= W_i A_jK'; A_iK = W_i; A_KK = -B     (i, j outside K)
 * After all blocks the matrix holds minus the inverse.
 */
export function sweepInPlain(matrix: Float32Array, n: number, watch: Watch): void {
  const diagonal = Float32Array.from({ length: n }, (_, i) => matrix[i * (n + 1)]!);
  const panel = new Float32Array(n * BLOCK);
  const product = new Float32Array(n * BLOCK);
  for (let start = 0; start < n; start += BLOCK) {
    reportStep(watch, start, n);
    const width = Math.min(BLOCK, n - start);
    const inverse = invertBlock({ matrix, n, start, width }, diagonal);
    packPanel({ matrix, n, start, width }, panel);
    for (let i = 0; i < n; i++)
      for (let k = 0; k < width; k++) product[i * BLOCK + k] = dot(panel, i * BLOCK, inverse, k * BLOCK, width);
    const rowsOfPiece = Math.ceil((2 * PIECE) / (n * BLOCK));
    for (let i = 0; i < n; i++) {
      if (i % rowsOfPiece === 0 && i > 0) reportStep(watch, start, n);
      for (let j = 0; j <= i; j++) matrix[i * n + j]! -= dot(product, i * BLOCK, panel, j * BLOCK, width);
    }
    storePanel({ matrix, n, start, width }, product, inverse);
  }
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) matrix[i * n + j] = matrix[j * n + i] = -matrix[i * n + j]!;
  reportStep(watch, n, n);
}

/** The columns start..start + width of a matrix [n x n]. */
interface Columns {
  readonly matrix: Float32Array;
  readonly n: number;
  readonly start: number;
  readonly width: number;
}

/** panel [n x BLOCK] = the columns, zero where their own rows are: so what these rows hold is not updated. */
function packPanel({ matrix, n, start, width }: Columns, panel: Float32Array): void {
  panel.fill(0);
  for (let k = 0; k < width; k++) {
    for (let j = 0; j < start; j++) panel[j * BLOCK + k] = matrix[(start + k) * n + j]!;
    for (let i = start + width; i < n; i++) panel[i * BLOCK + k] = matrix[i * n + start + k]!;
  }
}

/** The columns = `product` [n x BLOCK], and minus `inverse` [width x BLOCK] in their own rows. */
function storePanel({ matrix, n, start, width }: Columns, product: Float32Array, inverse: Float32Array): void {
  for (let k = 0; k < width; k++) {
    for (let j = 0; j < start; j++) matrix[(start + k) * n + j] = product[j * BLOCK + k]!;
    for (let j = 0; j <= k; j++) matrix[(start + k) * n + start + j] = -inverse[k * BLOCK + j]!;
    for (let i = start + width; i < n; i++) matrix[i * n + start + k] = product[i * BLOCK + k]!;
  }
}

/** Inverse of the block on the diagonal [width x BLOCK], by Cholesky. */
function invertBlock({ matrix, n, start, width }: Columns, diagonal: Float32Array): Float32Array {
  // The triangular inverse of the factor is found with the factor itself, row by row.
  const lower = new Float64Array(width * width);
  const inverse = new Float64Array(width * width);
  for (let i = 0; i < width; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[(start + i) * n + start + j]!;
      for (let k = 0; k < j; k++) sum -= lower[i * width + k]! * lower[j * width + k]!;
      if (j < i) lower[i * width + j] = sum / lower[j * width + j]!;
      else if (sum > 0 && sum < Infinity && sum >= SMALLEST_PIVOT * diagonal[start + i]!)
        lower[i * width + i] = Math.sqrt(sum);
      else throw new NotPositiveDefiniteError(start + i);
    }
    const pivot = lower[i * width + i]!;
    for (let j = 0; j <= i; j++) {
      let sum = i === j ? 1 : 0;
      for (let k = j; k < i; k++) sum -= lower[i * width + k]! * inverse[k * width + j]!;
      inverse[i * width + j] = sum / pivot;
    }
  }
  const squares = new Float32Array(width * BLOCK);
  for (let i = 0; i < width; i++)
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = i; k < width; k++) sum += inverse[k * width + i]! * inverse[k * width + j]!;
      squares[i * BLOCK + j] = squares[j * BLOCK + i] = sum;
    }
  return squares;
}
