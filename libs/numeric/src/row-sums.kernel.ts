import type { Csr } from './csr.matrix.js';
import { bindKernels, createMemory, FIRST_FREE_BYTE, kernelsRun, MEMORY_BYTES } from './wasm.kernels.js';

/** Weighted sums of rows of a sparse matrix: one row of a sparse product at a time. */
export interface RowSumming {
  /** [cols]: what was added so far, to be set to 0 by who has read it. */
  readonly sums: Float64Array;
  /** sums[column] += weight × value over the entries of the rows, each once, up to the column `last`. */
  add(rows: Int32Array, weights: Float32Array, last: number): void;
}

/**
 * Over a copy of the matrix in WebAssembly, which takes half the time, where the engine has it and one memory (4 GiB)
 * holds it; else in plain TypeScript, with the same bits.
 */
export function openRowSumming(matrix: Csr): RowSumming {
  return kernelsRun() && layout(matrix).end <= MEMORY_BYTES ? inKernel(matrix) : inPlain(matrix);
}

function layout({ rows, cols, entries }: Csr) {
  const sums = FIRST_FREE_BYTE;
  const indptr = sums + cols * 8;
  const indices = indptr + (rows + 1) * 4;
  const values = indices + entries * 4;
  const given = values + entries * 4;
  const weights = given + rows * 4;
  return { sums, indptr, indices, values, given, weights, end: weights + rows * 4 };
}

export function inKernel(matrix: Csr): RowSumming {
  const { indptr, indices, values, cols } = matrix;
  const at = layout(matrix);
  const memory = createMemory(at.end);
  const kernels = bindKernels(memory);
  const { buffer } = memory;
  new Int32Array(buffer, at.indptr).set(indptr);
  new Int32Array(buffer, at.indices).set(indices);
  new Float32Array(buffer, at.values).set(values);
  const [givenRows, givenWeights] = [new Int32Array(buffer, at.given), new Float32Array(buffer, at.weights)];
  return {
    sums: new Float64Array(buffer, at.sums, cols),
    add: (rows, weights, last) => {
      givenRows.set(rows);
      givenWeights.set(weights);
      kernels.addRows(at.given, at.weights, rows.length, last, at.indptr, at.indices, at.values, at.sums);
    },
  };
}

export function inPlain({ indptr, indices, values, cols }: Csr): RowSumming {
  const sums = new Float64Array(cols);
  const add = (rows: Int32Array, weights: Float32Array, last: number): void => {
    for (let k = 0; k < rows.length; k++) {
      const row = rows[k]!;
      const weight = weights[k]!;
      const end = indptr[row + 1]!;
      for (let i = indptr[row]!; i < end && indices[i]! <= last; i++) sums[indices[i]!]! += weight * values[i]!;
    }
  };
  return { sums, add };
}
