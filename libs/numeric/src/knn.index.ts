import { type KnnResult, type Metric, ranked, scorer } from './knn.result.js';
import type { KnnRows } from './knn.rows.js';
import { WasmKnnRows } from './knn.rows.kernel.js';
import { PlainKnnRows } from './knn.rows.plain.js';
import { kernelsRun } from './wasm.kernels.js';

export interface KnnOptions {
  /** One byte a row: 0 or missing leaves the row out. Default: every row. */
  keep?: Uint8Array;
  /** Default `cosine`. */
  metric?: Metric;
}

/**
 * Exact nearest neighbors of one query over f32 vectors of `dims` numbers, numbered by row.
 *
 * Rows are held twice in WebAssembly memory: as int8 with a scale of their own, which are all scanned, and as f32. The
 * length of each row's quantization error bounds how far its scanned score can be off (Cauchy-Schwarz), and every row
 * that could by that bound be among the best k is scored again in f64: the result is that of a full scan in f64.
 * Memory: 5 bytes a dim and row, and 37 bytes a row, in blocks of 256 rows; rows should be dense from 0.
 * Without WebAssembly all rows are scored in f64, which takes some twenty times as long; results are the same but for
 * the last bits of f64.
 */
export class KnnIndex {
  private readonly store: KnnRows;
  private rowEnd = 0;
  private alive = 0;

  /** Throws RangeError unless `dims` is an integer of 1..65,536. */
  constructor(readonly dims: number) {
    if (!Number.isInteger(dims) || dims < 1 || dims > 65_536)
      throw new RangeError(`dims must be an integer of 1..65536, got ${dims}`);
    this.store = kernelsRun() ? new WasmKnnRows(dims) : new PlainKnnRows(dims);
  }

  /** How many rows hold a vector. */
  get size(): number {
    return this.alive;
  }

  /** One more than the highest row ever written: the length a `keep` mask needs. */
  get rows(): number {
    return this.rowEnd;
  }

  /** Bytes of memory held. */
  get byteLength(): number {
    return this.store.byteLength;
  }

  /** Sets a row's vector (copied). Throws RangeError for a wrong length, a bad row, NaN or infinity (row then removed). */
  upsert(row: number, vector: Float32Array): void {
    this.checkLength(vector, 'vector');
    if (!Number.isInteger(row) || row < 0 || row >= 2 ** 31)
      throw new RangeError(`row must be an integer of 0..2^31-1, got ${row}`);
    this.store.extend(row + 1);
    this.rowEnd = Math.max(this.rowEnd, row + 1);
    const before = this.has(row) ? 1 : 0;
    const written = this.store.write(row, vector);
    this.alive += (written ? 1 : 0) - before;
    if (!written) throw new RangeError(`the vector of row ${row} holds NaN or infinity; embed the item again`);
  }

  /** Whether the row holds a vector. */
  has(row: number): boolean {
    return Number.isInteger(row) && row >= 0 && row < this.rowEnd && this.store.has(row);
  }

  /** Takes a row out; false when it held nothing. Its place stays reserved. */
  remove(row: number): boolean {
    if (!this.has(row)) return false;
    this.store.remove(row);
    this.alive--;
    return true;
  }

  /** A copy of the row's vector as given to `upsert`; undefined when the row holds nothing. */
  vector(row: number): Float32Array | undefined {
    return this.has(row) ? this.store.vector(row).slice() : undefined;
  }

  /** Copies the vectors of `rows` to `out` [rows.length x dims]; zeros for rows that hold nothing (or -1). */
  gather(rows: ArrayLike<number>, out: Float32Array): void {
    if (out.length < rows.length * this.dims)
      throw new RangeError(`out holds ${out.length} numbers, ${rows.length} rows of ${this.dims} are needed`);
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!;
      if (this.has(row)) out.set(this.store.vector(row), i * this.dims);
      else out.fill(0, i * this.dims, (i + 1) * this.dims);
    }
  }

  /**
   * The exact best `k` rows for one query of `dims` numbers; fewer when fewer are kept.
   * Throws RangeError for a query of another length or one that holds NaN or infinity.
   */
  search(query: Float32Array, k: number, options: KnnOptions = {}): KnnResult {
    this.checkLength(query, 'query');
    if (!query.every(Number.isFinite)) throw new RangeError('the query holds NaN or infinity');
    const metric = options.metric ?? 'cosine';
    const wanted = Math.min(Math.max(0, Math.floor(k)), this.alive);
    if (wanted === 0) return { rows: new Uint32Array(0), scores: new Float32Array(0) };
    const { keys, members } = this.store.search({ query, k: wanted, metric, keep: options.keep });
    return ranked(keys, members, scorer(metric, query));
  }

  /** Rows scored exactly beyond the first k of each search, over the life of the index: how tight the bounds are. */
  get rescored(): number {
    return this.store.rescored;
  }

  private checkLength(vector: Float32Array, name: string): void {
    if (vector.length !== this.dims)
      throw new RangeError(`the ${name} has ${vector.length} dims, the index ${this.dims}`);
  }
}
