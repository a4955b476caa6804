import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The parts of the WebAssembly API used here; @types/node leaves it to the DOM library. */
export interface WasmMemory {
  readonly buffer: ArrayBufferLike;
  grow(pages: number): number;
}

declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  validate(bytes: Uint8Array): boolean;
  Instance: new (module: object, imports: object) => { readonly exports: unknown };
  Memory: new (descriptor: { initial: number; maximum?: number; shared?: boolean }) => WasmMemory;
};

/** Exports of kernels/*.ts. Addresses are bytes and may come back as negative i32. */
export interface Kernels {
  openIndex(first: number, padded: number): void;
  vectorAt(row: number): number;
  encodeRow(row: number): number;
  isAlive(row: number): number;
  dropRow(row: number): void;
  openQuery(at: number, codes: number): void;
  maskRows(rows: number, keep: number, mask: number): void;
  scan(rows: number, mask: number, dots: number): void;
  pick(rows: number, k: number, metric: number, mask: number, dots: number, heap: number, seeds: number): number;
  rescoredRows(): number;
  openTop(at: number, k: number): void;
  offerScores(scores: number, count: number, first: number, keep: number): number;
  openMatrix(at: number, n: number, panel: number, product: number, diagonal: number): void;
  packPanel(start: number, width: number): void;
  invertBlock(start: number, width: number, negative: number, work: number): number;
  multiplyPanel(negative: number): void;
  updateColumns(from: number, to: number): void;
  storePanel(start: number, width: number, negative: number): void;
  mirrorNegated(): void;
  openDescent(factors: number, above: number, dims: number, times: number): void;
  setSteps(center: number, length: number, shrinkage: number): void;
  descend(factor: number, bias: number, indices: number, values: number, count: number): number;
  openFactors(padded: number, sums: number, scratch: number): void;
  gramAt(): number;
  clearGram(): void;
  addToGram(rows: number, count: number): void;
  closeGram(scale: number): void;
  solveRows(
    own: number,
    from: number,
    to: number,
    factors: number,
    offsets: number,
    indices: number,
    values: number,
    ridges: number,
    steps: number,
  ): void;
  explainedByRows(): number;
  penaltyOfRows(): number;
  addRows(
    rows: number,
    weights: number,
    count: number,
    last: number,
    indptr: number,
    indices: number,
    values: number,
    sums: number,
  ): void;
  multiplyRows(rows: number, count: number, dims: number, vector: number, out: number): void;
}

export const PAGE_BYTES = 65536;
/** The kernels' own data lies in the first page; everything else starts here. */
export const FIRST_FREE_BYTE = PAGE_BYTES;
/** 32-bit addresses: 4 GiB. */
export const MEMORY_BYTES = 65536 * PAGE_BYTES;

/** dist/kernels.wasm, and the same for memory that threads share. */
type Build = 'kernels' | 'kernels.shared';

const compiled = new Map<Build, object>();
let supported: boolean | undefined;

function read(build: Build): Uint8Array {
  // The builds are beside the compiled code, and one folder over from src/ where tests run.
  const path = join(__dirname, '..', 'dist', `${build}.wasm`);
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new Error(`cannot load the compiled kernels (${path}): run "npm run build"`, { cause });
  }
}

/** Whether this engine runs the kernels: some are started without WebAssembly, or lack its fixed-width SIMD. */
export function kernelsRun(): boolean {
  if (typeof WebAssembly === 'undefined') return false;
  return (supported ??= WebAssembly.validate(read('kernels')));
}

/** A WebAssembly memory of at least `bytes` bytes. Throws RangeError beyond 4 GiB or what the machine has. */
export function createMemory(bytes: number): WasmMemory {
  return new WebAssembly.Memory({ initial: pagesOf(bytes) });
}

/** One that threads share: same errors. */
export function createSharedMemory(bytes: number): WasmMemory {
  return new WebAssembly.Memory({ initial: pagesOf(bytes), maximum: MEMORY_BYTES / PAGE_BYTES, shared: true });
}

/** Makes `memory` at least `bytes` bytes large; its buffer may be another one then. Throws RangeError as above. */
export function growMemory(memory: WasmMemory, bytes: number): void {
  const missing = pagesOf(bytes) - memory.buffer.byteLength / PAGE_BYTES;
  if (missing > 0) memory.grow(missing);
}

function pagesOf(bytes: number): number {
  if (bytes > MEMORY_BYTES) throw new RangeError(`${bytes} bytes needed, a WebAssembly memory holds ${MEMORY_BYTES}`);
  return Math.ceil(bytes / PAGE_BYTES);
}

/** Kernels that work on `memory`; compiled once, instantiated for each memory. */
export function bindKernels(memory: WasmMemory): Kernels {
  const build = memory.buffer instanceof SharedArrayBuffer ? 'kernels.shared' : 'kernels';
  const module = compiled.get(build) ?? new WebAssembly.Module(read(build));
  compiled.set(build, module);
  const abort = (): never => {
    throw new Error('a numeric kernel aborted');
  };
  // The compiled module is built from the sources that Kernels describes.
  return new WebAssembly.Instance(module, { env: { memory, abort } }).exports as Kernels;
}
