import { NotPositiveDefiniteError } from './spd.error.js';
import { bindKernels, FIRST_FREE_BYTE, type Kernels, MEMORY_BYTES, type WasmMemory } from './wasm.kernels.js';
import { reportStep, type Watch } from './watch.js';

/** Columns of one sweep: its panels of n x 128 floats stay in a second-level cache. */
const BLOCK = 128;
/** Columns updated in one pass over the rows, a multiple of 8. */
const STRIP = 256;

interface Layout {
  panel: number;
  product: number;
  diagonal: number;
  negative: number;
  work: number;
  end: number;
}

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

/** Memory of a matrix that lies at FIRST_FREE_BYTE, and of what inverting it takes. */
export const sweepBytes = (n: number): number => layout(n).end;

/** Whether one WebAssembly memory holds the matrix. */
export const sweepFits = (n: number): boolean => sweepBytes(n) <= MEMORY_BYTES;

/** `sweepInPlain`, in f32, of the matrix at FIRST_FREE_BYTE of a memory of `sweepBytes`. */
export function sweepInKernel(memory: WasmMemory, n: number, watch: Watch): void {
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
