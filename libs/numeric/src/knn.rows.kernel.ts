import type { Metric } from './knn.result.js';
import { type FoundRows, type KnnRows, type RowSearch, tooManyRows } from './knn.rows.js';
import { bindKernels, createMemory, FIRST_FREE_BYTE, growMemory, type Kernels, MEMORY_BYTES } from './wasm.kernels.js';

// The layout of kernels/knn.ts.
const BLOCK_ROWS = 256;
const BLOCK_HEAD_BYTES = 9472;
const METRICS: Readonly<Record<Metric, number>> = { cosine: 0, dot: 1, euclidean: 2 };

const align = (bytes: number): number => Math.ceil(bytes / 16) * 16;

/** Vectors in WebAssembly memory, as int8 and as f32: see `KnnIndex`. */
export class WasmKnnRows implements KnnRows {
  private readonly memory = createMemory(FIRST_FREE_BYTE);
  private readonly kernels: Kernels = bindKernels(this.memory);
  private readonly padded: number;
  private readonly blockBytes: number;
  private rows = 0;

  constructor(private readonly dims: number) {
    this.padded = align(dims);
    this.blockBytes = BLOCK_HEAD_BYTES + BLOCK_ROWS * 5 * this.padded;
    this.kernels.openIndex(FIRST_FREE_BYTE, this.padded);
  }

  get byteLength(): number {
    return this.memory.buffer.byteLength;
  }

  get rescored(): number {
    return this.kernels.rescoredRows();
  }

  extend(rows: number): void {
    if (rows <= this.rows) return;
    const [start, end] = [this.blocksEnd(this.rows), this.blocksEnd(rows)];
    this.reserve(end);
    // A search may have used this memory: no row of it is alive, and the padding of a vector is zero.
    new Uint8Array(this.memory.buffer, start, end - start).fill(0);
    this.rows = rows;
  }

  write(row: number, vector: Float32Array): boolean {
    this.vector(row).set(vector);
    return this.kernels.encodeRow(row) !== 0;
  }

  has(row: number): boolean {
    return this.kernels.isAlive(row) !== 0;
  }

  remove(row: number): void {
    this.kernels.dropRow(row);
  }

  vector(row: number): Float32Array {
    return new Float32Array(this.memory.buffer, this.kernels.vectorAt(row) >>> 0, this.dims);
  }

  search({ query, k, metric, keep }: RowSearch): FoundRows {
    const { kernels, rows } = this;
    const at = this.scratch(k);
    const { buffer } = this.memory;
    new Float32Array(buffer, at.query, this.padded).fill(0).set(query);
    kernels.openQuery(at.query, at.codes);
    if (keep !== undefined) new Uint8Array(buffer, at.keep, at.mask - at.keep).fill(0).set(keep.subarray(0, rows));
    kernels.maskRows(rows, keep === undefined ? 0 : at.keep, at.mask);
    kernels.scan(rows, at.mask, at.dots);
    const found = kernels.pick(rows, k, METRICS[metric], at.mask, at.dots, at.heap, at.seeds);
    return { keys: new Float64Array(buffer, at.heap, found), members: new Uint32Array(buffer, at.heap + k * 8, found) };
  }

  private blocksEnd(rows: number): number {
    return FIRST_FREE_BYTE + Math.ceil(rows / BLOCK_ROWS) * this.blockBytes;
  }

  /** Places of a search's buffers behind the last block, where the next block may overwrite them. */
  private scratch(k: number) {
    const rows = Math.ceil(this.rows / BLOCK_ROWS) * BLOCK_ROWS;
    const query = this.blocksEnd(this.rows);
    const codes = query + this.padded * 4;
    const keep = codes + this.padded * 2;
    const mask = keep + rows;
    const dots = mask + rows;
    const heap = dots + rows * 4;
    const seeds = align(heap + k * 12);
    this.reserve(seeds + k * 4);
    return { query, codes, keep, mask, dots, heap, seeds };
  }

  private reserve(end: number): void {
    if (end > MEMORY_BYTES) throw tooManyRows(this.dims, Math.floor(MEMORY_BYTES / this.blockBytes) * BLOCK_ROWS);
    growMemory(this.memory, end);
  }
}
