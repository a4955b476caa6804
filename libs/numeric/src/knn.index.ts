import { type KnnResult, type Metric, ranked, scorer } from './knn.result.js';
import {
  bindKernels,
  createMemory,
  FIRST_FREE_BYTE,
  type Kernels,
  MEMORY_BYTES,
  PAGE_BYTES,
  type WasmMemory,
} from './wasm.kernels.js';

export interface KnnOptions {
  /** One byte a row: 0 or missing leaves the row out. Default: every row. */
  keep?: Uint8Array;
  /** Default `cosine`. */
  metric?: Metric;
}

// The layout of kernels/knn.ts.
const BLOCK_ROWS = 256;
const BLOCK_HEAD_BYTES = 9472;
const METRICS: Readonly<Record<Metric, number>> = { cosine: 0, dot: 1, euclidean: 2 };

const align = (bytes: number): number => Math.ceil(bytes / 16) * 16;

/**
 * Exact nearest neighbors of one query over f32 vectors of `dims` numbers, numbered by row.
 *
 * Rows are held twice in WebAssembly memory: as int8 with a scale of their own, which are all scanned, and as f32. The
 * length of each row's quantization error bounds how far its scanned score can be off (Cauchy-Schwarz), and every row
 * that could by that bound be among the best k is scored again in f64: the result is that of a full scan in f64.
 * Memory: 5 bytes a dim and row, and 37 bytes a row, in blocks of 256 rows; rows should be dense from 0.
 */
export class KnnIndex {
  private readonly memory: WasmMemory;
  private readonly kernels: Kernels;
  private readonly padded: number;
  private readonly blockBytes: number;
  private rowEnd = 0;
  private alive = 0;

  /** Throws RangeError unless `dims` is an integer of 1..65,536. */
  constructor(readonly dims: number) {
    if (!Number.isInteger(dims) || dims < 1 || dims > 65_536)
      throw new RangeError(`dims must be an integer of 1..65536, got ${dims}`);
    this.padded = align(dims);
    this.blockBytes = BLOCK_HEAD_BYTES + BLOCK_ROWS * 5 * this.padded;
    this.memory = createMemory(FIRST_FREE_BYTE);
    this.kernels = bindKernels(this.memory);
    this.kernels.openIndex(FIRST_FREE_BYTE, this.padded);
  }

  /** How many rows hold a vector. */
  get size(): number {
    return this.alive;
  }

  /** One more than the highest row ever written: the length a `keep` mask needs. */
  get rows(): number {
    return this.rowEnd;
  }

  /** Bytes of WebAssembly memory held. */
  get byteLength(): number {
    return this.memory.buffer.byteLength;
  }

  /** Sets a row's vector (copied). Throws RangeError for a wrong length, a bad row, NaN or infinity (row then removed). */
  upsert(row: number, vector: Float32Array): void {
    this.checkLength(vector, 'vector');
    if (!Number.isInteger(row) || row < 0 || row >= 2 ** 31)
      throw new RangeError(`row must be an integer of 0..2^31-1, got ${row}`);
    this.extend(row + 1);
    const before = this.has(row) ? 1 : 0;
    this.floats(row).set(vector);
    const encoded = this.kernels.encodeRow(row) !== 0;
    this.alive += (encoded ? 1 : 0) - before;
    if (!encoded) throw new RangeError(`the vector of row ${row} holds NaN or infinity; embed the item again`);
  }

  /** Whether the row holds a vector. */
  has(row: number): boolean {
    return Number.isInteger(row) && row >= 0 && row < this.rowEnd && this.kernels.isAlive(row) !== 0;
  }

  /** Takes a row out; false when it held nothing. Its place stays reserved. */
  remove(row: number): boolean {
    if (!this.has(row)) return false;
    this.kernels.dropRow(row);
    this.alive--;
    return true;
  }

  /** A copy of the row's vector as given to `upsert`; undefined when the row holds nothing. */
  vector(row: number): Float32Array | undefined {
    return this.has(row) ? this.floats(row).slice() : undefined;
  }

  /** Copies the vectors of `rows` to `out` [rows.length x dims]; zeros for rows that hold nothing (or -1). */
  gather(rows: ArrayLike<number>, out: Float32Array): void {
    if (out.length < rows.length * this.dims)
      throw new RangeError(`out holds ${out.length} numbers, ${rows.length} rows of ${this.dims} are needed`);
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!;
      if (this.has(row)) out.set(this.floats(row), i * this.dims);
      else out.fill(0, i * this.dims, (i + 1) * this.dims);
    }
  }

  /**
   * The exact best `k` rows for one query of `dims` numbers; fewer when fewer are kept.
   * Throws RangeError for a query of another length or one that holds NaN or infinity.
   */
  search(query: Float32Array, k: number, options: KnnOptions = {}): KnnResult {
    this.checkLength(query, 'query');
    const metric = options.metric ?? 'cosine';
    const code = METRICS[metric];
    const wanted = Math.min(Math.max(0, Math.floor(k)), this.alive);
    const at = this.scratch(wanted);
    new Float32Array(this.memory.buffer, at.query, this.padded).fill(0).set(query);
    if (this.kernels.openQuery(at.query, at.codes) === 0) throw new RangeError('the query holds NaN or infinity');
    if (wanted === 0) return { rows: new Uint32Array(0), scores: new Float32Array(0) };
    if (options.keep !== undefined) {
      const keep = new Uint8Array(this.memory.buffer, at.keep, at.mask - at.keep).fill(0);
      keep.set(options.keep.subarray(0, this.rowEnd));
    }
    this.kernels.maskRows(this.rowEnd, options.keep === undefined ? 0 : at.keep, at.mask);
    this.kernels.scan(this.rowEnd, at.mask, at.dots);
    const found = this.kernels.pick(this.rowEnd, wanted, code, at.mask, at.dots, at.heap, at.seeds);
    const keys = new Float64Array(this.memory.buffer, at.heap, found);
    const members = new Uint32Array(this.memory.buffer, at.heap + wanted * 8, found);
    return ranked(keys, members, scorer(metric, query));
  }

  /** Rows scored exactly beyond the first k of each search, over the life of the index: how tight the bounds are. */
  get rescored(): number {
    return this.kernels.rescoredRows();
  }

  private checkLength(vector: Float32Array, name: string): void {
    if (vector.length !== this.dims)
      throw new RangeError(`the ${name} has ${vector.length} dims, the index ${this.dims}`);
  }

  private floats(row: number): Float32Array {
    return new Float32Array(this.memory.buffer, this.kernels.vectorAt(row) >>> 0, this.dims);
  }

  private extend(rows: number): void {
    if (rows <= this.rowEnd) return;
    const [start, end] = [this.blocksEnd(this.rowEnd), this.blocksEnd(rows)];
    this.reserve(end);
    // A search may have used this memory: no row of it is alive, and the padding of a vector is zero.
    new Uint8Array(this.memory.buffer, start, end - start).fill(0);
    this.rowEnd = rows;
  }

  private blocksEnd(rows: number): number {
    return FIRST_FREE_BYTE + Math.ceil(rows / BLOCK_ROWS) * this.blockBytes;
  }

  /** Places of a search's buffers behind the last block, where the next block may overwrite them. */
  private scratch(k: number) {
    const rows = Math.ceil(this.rowEnd / BLOCK_ROWS) * BLOCK_ROWS;
    const query = this.blocksEnd(this.rowEnd);
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
    const missing = end - this.memory.buffer.byteLength;
    if (missing <= 0) return;
    const most = Math.floor(MEMORY_BYTES / this.blockBytes) * BLOCK_ROWS;
    const advice = `an index of ${this.dims} dims holds about ${most} rows (4 GiB); use a search engine for more`;
    if (end > MEMORY_BYTES) throw new RangeError(advice);
    this.memory.grow(Math.ceil(missing / PAGE_BYTES));
  }
}
