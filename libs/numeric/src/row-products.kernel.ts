import { dot } from './vectors.kernel.js';
import { FIRST_FREE_BYTE, kernelsRun } from './wasm.kernels.js';
import { scratchKernels } from './wasm.scratch.js';

/** Copied in at a time: stays in a first-level cache. */
const PIECE_BYTES = 2 ** 14;

/**
 * Dot products of each row of `rows` [n × dims] with `vector` [dims]: [n], in f32.
 * Throws RangeError when `rows` is not whole rows.
 */
export function rowProducts(rows: Float32Array, vector: Float32Array): Float32Array {
  const dims = vector.length;
  if (dims < 1 || rows.length % dims !== 0)
    throw new RangeError(`${rows.length} numbers are not whole rows of ${dims} dims`);
  const products = new Float32Array(rows.length / dims);
  if (kernelsRun()) multiplyInKernel(rows, vector, products);
  else for (let row = 0; row < products.length; row++) products[row] = dot(rows, row * dims, vector, 0, dims);
  return products;
}

function multiplyInKernel(rows: Float32Array, vector: Float32Array, products: Float32Array): void {
  const dims = vector.length;
  const step = Math.max(4, Math.floor(PIECE_BYTES / (dims * 16)) * 4);
  const out = FIRST_FREE_BYTE + dims * 4;
  const at = out + step * 4;
  const { memory, kernels } = scratchKernels(at + step * dims * 4);
  new Float32Array(memory.buffer, FIRST_FREE_BYTE, dims).set(vector);
  const piece = new Float32Array(memory.buffer, at, step * dims);
  const found = new Float32Array(memory.buffer, out, step);
  for (let row = 0; row < products.length; row += step) {
    const count = Math.min(step, products.length - row);
    piece.set(rows.subarray(row * dims, (row + count) * dims));
    kernels.multiplyRows(at, count, dims, FIRST_FREE_BYTE, out);
    products.set(count === step ? found : found.subarray(0, count), row);
  }
}
