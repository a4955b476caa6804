import { factorScratchBytes, factorSumsBytes, paddedDims } from './factor-pair.kernel.js';
import { RowSolver, type RowSystem, type SparseRow } from './row.solver.js';
import { FIRST_FREE_BYTE, kernelsRun } from './wasm.kernels.js';
import { scratchKernels } from './wasm.scratch.js';

/** The x `[dims]` of `RowSolver`, exactly. Columns of the row must lie within the factors. */
export function solveRow(system: RowSystem, row: SparseRow, ridge: number): Float32Array {
  if (kernelsRun()) return solveInKernel(system, row, ridge);
  const x = new Float32Array(system.dims);
  new RowSolver(system).solve(row, ridge, x, 0);
  return x;
}

function solveInKernel(system: RowSystem, row: SparseRow, ridge: number): Float32Array {
  const { dims } = system;
  const padded = paddedDims(dims);
  const entries = row.indices.length;
  const scratch = FIRST_FREE_BYTE + factorSumsBytes(padded);
  const own = scratch + factorScratchBytes(padded);
  const factors = own + padded * 4;
  const offsets = factors + entries * padded * 4;
  const ridges = offsets + 8;
  const indices = ridges + 4;
  const values = indices + entries * 4;
  const { memory, kernels } = scratchKernels(values + entries * 4);
  kernels.openFactors(padded, FIRST_FREE_BYTE, scratch);
  writeGram(new Float32Array(memory.buffer, kernels.gramAt(), padded * padded), system);
  gather(new Float32Array(memory.buffer, factors, entries * padded), system, row.indices);
  new Int32Array(memory.buffer, offsets, 2).set([0, entries]);
  new Float32Array(memory.buffer, ridges, 1)[0] = ridge;
  new Int32Array(memory.buffer, indices, entries).forEach((_, k, to) => (to[k] = k));
  new Float32Array(memory.buffer, values, entries).set(row.values);
  kernels.solveRows(own, 0, 1, factors, offsets, indices, values, ridges, 0);
  return new Float32Array(memory.buffer, own, dims).slice();
}

/** The factors of the row's columns, padded with zeros. */
function gather(to: Float32Array, { factors, dims }: RowSystem, indices: ArrayLike<number>): void {
  const padded = paddedDims(dims);
  if (padded > dims) to.fill(0);
  for (let k = 0; k < indices.length; k++) {
    const from = indices[k]! * dims;
    to.set(factors.subarray(from, from + dims), k * padded);
  }
}

/** The symmetric matrix [dims × dims], packed in groups of eight rows. */
function writeGram(packed: Float32Array, { gram, dims }: RowSystem): void {
  const padded = paddedDims(dims);
  packed.fill(0);
  for (let i = 0; i < dims; i++)
    for (let k = 0; k < dims; k++) packed[((i >> 3) * padded + k) * 8 + (i & 7)] = gram[i * dims + k]!;
}
