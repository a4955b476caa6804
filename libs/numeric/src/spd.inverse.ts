import {
  bindKernels,
  createMemory,
  FIRST_FREE_BYTE,
  type Kernels,
  MEMORY_BYTES,
  type WasmMemory,
} from './wasm.kernels.js';
import { reportStep, type Watch } from './watch.js';

/** Columns of one sweep: its panels of n x 128 floats stay in a second-level cache. */
const BLOCK = 128;
/** Columns updated in one pass over the rows, a multiple of 8. */
const STRIP = 256;

/** A matrix that has no Cholesky factor in single precision. */
export class NotPositiveDefiniteError extends Error {
  override readonly name = 'NotPositiveDefiniteError';
  /** @param pivot 0-based row and column at which the factorization failed. */
  constructor(readonly pivot: number) {
    super(`the matrix is not positive definite at pivot ${pivot}; add more to its diagonal (raise lambda)`);
  }
}

interface Layout {
  panel: number;
  product: number;
  diagonal: number;
  negative: number;
  work: number;
  end: number;
}

const homes = new WeakMap<ArrayBufferLike, { memory: WasmMemory; n: number }>();

function layout(n: number): Layout {
  const align = (bytes: number): number => Math.ceil(bytes / 64) * 64;
  const panelBytes = (n + 8) * BLOCK * 4;
  // Tiles of 4 x 8 at the lower right edge touch (and leave unchanged) up to four rows past the matrix.
  const panel = align(FIRST_FREE_BYTE + (n * n + 4 * n + 16) * 4);
  const product = align(panel + panelBytes);
  const diagonal = align(product + panelBytes);
  const negative = align(diagonal + n * 4);
  const work = negative + BLOCK * BLOCK * 4;
  return { panel, product, diagonal, negative, work, end: work + 2 * BLOCK * BLOCK * 8 };
}

/**
 * A zeroed n x n matrix in row order, placed so that `invertSpd` works on it without a copy.
 * Throws RangeError beyond n = 32,000 (4 GiB).
 */
export function allocateSquare(n: number): Float32Array {
  if (!Number.isInteger(n) || n < 0) throw new RangeError(`n must be a whole number, got ${n}`);
  if (layout(n).end > MEMORY_BYTES) throw new RangeError(`a matrix of ${n} x ${n} floats exceeds 4 GiB`);
  const memory = createMemory(layout(n).end);
  homes.set(memory.buffer, { memory, n });
  return new Float32Array(memory.buffer, FIRST_FREE_BYTE, n * n);
}

/**
 * Replaces a symmetric positive definite matrix [n x n, f32, row order] by its inverse. Only the lower triangle is
 * read; both are written. A matrix from `allocateSquare` is inverted where it lies, another is copied in and out.
 *
 * Blocked symmetric sweeps (Goodnight 1979, "A tutorial on the SWEEP operator"), each diagonal block factored by
 * Cholesky in f64; n^3 / 2 multiply-adds in f32. The relative error grows with the condition number times 6e-8.
 * Throws NotPositiveDefiniteError, RangeError (sizes), StoppedError; a matrix from `allocateSquare` is then spoiled.
 */
export function invertSpd(matrix: Float32Array, n: number, watch: Watch = {}): void {
  if (matrix.length !== n * n) throw new RangeError(`${matrix.length} numbers are not a ${n} x ${n} matrix`);
  const home = homes.get(matrix.buffer);
  if (home?.n === n && matrix.byteOffset === FIRST_FREE_BYTE) return sweepAll(home.memory, n, watch);
  const copy = allocateSquare(n);
  copy.set(matrix);
  invertSpd(copy, n, watch);
  matrix.set(copy);
}

function sweepAll(memory: WasmMemory, n: number, watch: Watch): void {
  const kernels = bindKernels(memory);
  const at = layout(n);
  kernels.openMatrix(FIRST_FREE_BYTE, n, at.panel, at.product, at.diagonal);
  for (let start = 0; start < n; start += BLOCK) {
    reportStep(watch, start, n);
    sweep(kernels, at, start, n);
  }
  kernels.mirrorNegated();
  reportStep(watch, n, n);
}

function sweep(kernels: Kernels, at: Layout, start: number, n: number): void {
  const width = Math.min(BLOCK, n - start);
  kernels.packPanel(start, width);
  const bad = kernels.invertBlock(start, width, at.negative, at.work);
  if (bad >= 0) throw new NotPositiveDefiniteError(bad);
  kernels.multiplyPanel(at.negative);
  for (let from = 0; from < n; from += STRIP) kernels.updateColumns(from, Math.min(n, from + STRIP));
  kernels.storePanel(start, width, at.negative);
}
