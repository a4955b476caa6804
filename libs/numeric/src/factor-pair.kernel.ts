import type { FactorPair, FactorShape, FactorSide, RowPiece, RowSums } from './factor-pair.js';
import { startFactorThread } from './factor.threads.js';
import { RowQueue } from './row.queue.js';
import {
  bindKernels,
  createMemory,
  createSharedMemory,
  FIRST_FREE_BYTE,
  growMemory,
  type Kernels,
  MEMORY_BYTES,
  type WasmMemory,
} from './wasm.kernels.js';

/** Multiply-adds between two pauses. */
const PIECE = 2 ** 26;
/** Left free for pieces of rows. */
const ROOM_BYTES = 2 ** 28;

const align = (bytes: number): number => Math.ceil(bytes / 64) * 64;

/** Floats of a factor in the kernels, which go by eights. */
export const paddedDims = (dims: number): number => Math.ceil(dims / 8) * 8;

/** Memory of the sums in kernels/shared/factors.ts: G in f64 and f32. */
export const factorSumsBytes = (padded: number): number => padded * padded * 12;

/** Scratch memory there: a matrix, two panels of 128 rows, four vectors. */
export const factorScratchBytes = (padded: number): number =>
  align(padded * padded * 4 + 2 * (padded / 8) * 4160 + padded * 16);

interface Layout {
  /** Scratch memory of each thread. */
  readonly scratch: readonly number[];
  readonly rows: number;
  readonly columns: number;
  readonly pieces: number;
}

function layout({ rows, columns, dims }: FactorShape, threads: number): Layout {
  const padded = paddedDims(dims);
  const first = FIRST_FREE_BYTE + factorSumsBytes(padded);
  const scratch = Array.from({ length: threads }, (_, thread) => first + thread * factorScratchBytes(padded));
  const ofRows = first + threads * factorScratchBytes(padded);
  const ofColumns = align(ofRows + rows * padded * 4);
  return { scratch, rows: ofRows, columns: ofColumns, pieces: align(ofColumns + columns * padded * 4) };
}

interface Place {
  readonly at: Layout;
  readonly memory: WasmMemory;
}

/** Memory for so many threads; for this one alone where what threads share is refused. Throws as `createMemory`. */
function placeFor(shape: FactorShape, threads: number): Place {
  const at = layout(shape, threads);
  if (threads === 1) return { at, memory: createMemory(at.pieces) };
  try {
    return { at, memory: createSharedMemory(at.pieces) };
  } catch {
    // Engines may reserve all that it could ever grow to, which not every machine has.
    return placeFor(shape, 1);
  }
}

/** Whether one WebAssembly memory holds the factors. */
export const wasmFactorPairFits = (shape: FactorShape, threads = 1): boolean =>
  layout(shape, threads).pieces + ROOM_BYTES <= MEMORY_BYTES;

/** Factors in WebAssembly memory, where rows of the matrix are copied piece by piece. */
export class WasmFactorPair implements FactorPair {
  private readonly memory: WasmMemory;
  private readonly kernels: Kernels;
  private readonly at: Layout;
  private readonly padded: number;
  private readonly queue = new RowQueue();

  /** @param threads which solve rows, this one among them: fewer where no more can be had */
  constructor(
    private readonly shape: FactorShape,
    threads = 1,
  ) {
    const { at, memory } = placeFor(shape, threads);
    const padded = paddedDims(shape.dims);
    this.at = at;
    this.memory = memory;
    this.padded = padded;
    this.kernels = bindKernels(memory);
    const [own, ...others] = at.scratch;
    this.kernels.openFactors(padded, FIRST_FREE_BYTE, own!);
    // Last, since threads that run are ended by `close` only.
    for (const scratch of others)
      startFactorThread({ memory, padded, sums: FIRST_FREE_BYTE, scratch, queue: this.queue.buffer });
  }

  write(side: FactorSide, factors: Float32Array): void {
    const { padded } = this;
    const { dims } = this.shape;
    const own = this.floats(side);
    if (padded === dims) own.set(factors);
    else
      for (let row = 0; row < this.shape[side]; row++)
        own.set(factors.subarray(row * dims, (row + 1) * dims), row * padded);
  }

  read(side: FactorSide): Float32Array {
    const { padded } = this;
    const { dims } = this.shape;
    const own = this.floats(side);
    if (padded === dims) return own.slice();
    const factors = new Float32Array(this.shape[side] * dims);
    for (let row = 0; row < this.shape[side]; row++)
      factors.set(own.subarray(row * padded, row * padded + dims), row * dims);
    return factors;
  }

  gram(side: FactorSide, scale: number, pause?: () => void): Float32Array {
    const { kernels, padded } = this;
    const step = Math.ceil(PIECE / padded ** 2);
    kernels.clearGram();
    for (let row = 0; row < this.shape[side]; row += step) {
      if (row > 0) pause?.();
      kernels.addToGram(this.at[side] + row * padded * 4, Math.min(step, this.shape[side] - row));
    }
    kernels.closeGram(scale);
    return readGram(this.memory, kernels, this.shape.dims);
  }

  solve(side: FactorSide, { first, offsets, indices, values, ridges }: RowPiece, steps: number): RowSums {
    const { at, kernels, memory, padded, queue } = this;
    const ridgesAt = at.pieces + offsets.byteLength;
    const indicesAt = ridgesAt + ridges.byteLength;
    const valuesAt = indicesAt + indices.byteLength;
    growMemory(memory, valuesAt + values.byteLength);
    new Int32Array(memory.buffer, at.pieces).set(offsets);
    new Float32Array(memory.buffer, ridgesAt).set(ridges);
    new Int32Array(memory.buffer, indicesAt).set(indices);
    new Float32Array(memory.buffer, valuesAt).set(values);
    const own = at[side] + first * padded * 4;
    const others = side === 'rows' ? at.columns : at.rows;
    const places = { offsets: at.pieces, indices: indicesAt, values: valuesAt, ridges: ridgesAt };
    // By conjugate gradients a row takes dims² multiply-adds and an entry of it 2 × dims; exactly, dims³ / 6 and dims² / 2.
    queue.put({ own, others, ...places, steps }, offsets, padded / 2);
    queue.drain(kernels);
    return queue.finish();
  }

  close(): void {
    this.queue.close();
  }

  private floats(side: FactorSide): Float32Array {
    return new Float32Array(this.memory.buffer, this.at[side], this.shape[side] * this.padded);
  }
}

/** Matrix [dims × dims] of the one packed in groups of eight rows, which is symmetric. */
function readGram(memory: WasmMemory, kernels: Kernels, dims: number): Float32Array {
  const padded = paddedDims(dims);
  const packed = new Float32Array(memory.buffer, kernels.gramAt(), padded * padded);
  const gram = new Float32Array(dims * dims);
  for (let i = 0; i < dims; i++)
    for (let k = 0; k < dims; k++) gram[i * dims + k] = packed[((i >> 3) * padded + k) * 8 + (i & 7)]!;
  return gram;
}
