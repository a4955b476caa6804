import type { Metric } from './knn.result.js';
import { type FoundRows, type KnnRows, type RowSearch, tooManyRows } from './knn.rows.js';
import { topK } from './top-k.kernel.js';
import { dot } from './vectors.kernel.js';
import { MEMORY_BYTES } from './wasm.kernels.js';

/** Rows of one array: 2 ** SHIFT. */
const SHIFT = 10;
const BLOCK_ROWS = 2 ** SHIFT;

/** Vectors as f32 outside WebAssembly, which are all compared with the query in f64: see `KnnIndex`. */
export class PlainKnnRows implements KnnRows {
  private readonly blocks: Float32Array[] = [];
  /** Euclidean length of each vector; NaN where there is none. */
  private readonly norms: Float64Array[] = [];
  private rows = 0;
  /** All are scored exactly at once. */
  readonly rescored = 0;

  constructor(private readonly dims: number) {}

  get byteLength(): number {
    return this.blocks.length * BLOCK_ROWS * (this.dims * 4 + 8);
  }

  extend(rows: number): void {
    const most = Math.floor(MEMORY_BYTES / (this.dims * 4 + 8));
    if (rows > most) throw tooManyRows(this.dims, most);
    this.rows = Math.max(this.rows, rows);
    while (this.blocks.length * BLOCK_ROWS < rows) {
      this.blocks.push(new Float32Array(BLOCK_ROWS * this.dims));
      this.norms.push(new Float64Array(BLOCK_ROWS).fill(NaN));
    }
  }

  write(row: number, vector: Float32Array): boolean {
    const norm = Math.sqrt(dot(vector, 0, vector, 0, this.dims));
    const finite = norm < Infinity;
    this.norms[row >> SHIFT]![row % BLOCK_ROWS] = finite ? norm : NaN;
    if (finite) this.vector(row).set(vector);
    return finite;
  }

  has(row: number): boolean {
    return !Number.isNaN(this.norms[row >> SHIFT]![row % BLOCK_ROWS]);
  }

  remove(row: number): void {
    this.norms[row >> SHIFT]![row % BLOCK_ROWS] = NaN;
  }

  vector(row: number): Float32Array {
    const start = (row % BLOCK_ROWS) * this.dims;
    return this.blocks[row >> SHIFT]!.subarray(start, start + this.dims);
  }

  search({ query, k, metric, keep }: RowSearch): FoundRows {
    // NaN is never among the best.
    const all = new Float64Array(this.rows).fill(NaN);
    for (let row = 0; row < all.length; row++)
      if (this.has(row) && (keep === undefined || keep[row])) all[row] = this.key(row, metric, query);
    const members = topK(all, k);
    return { keys: Float64Array.from(members, (row) => all[row]!), members };
  }

  private key(row: number, metric: Metric, query: Float32Array): number {
    const vectors = this.blocks[row >> SHIFT]!;
    const at = (row % BLOCK_ROWS) * this.dims;
    if (metric === 'euclidean') return -squaredDistance(vectors, at, query);
    const product = dot(vectors, at, query, 0, this.dims);
    if (metric === 'dot') return product;
    const norm = this.norms[row >> SHIFT]![row % BLOCK_ROWS]!;
    return norm > 0 ? product / norm : 0;
  }
}

/** Of the vector at `at` and another. */
function squaredDistance(vectors: Float32Array, at: number, other: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < other.length; i++) sum += (vectors[at + i]! - other[i]!) ** 2;
  return sum;
}
