import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The parts of the WebAssembly API used here; @types/node leaves it to the DOM library. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: unknown };
  Memory: new (descriptor: { initial: number }) => WasmMemory;
};

/** Exports of kernels/knn.ts and kernels/sweep.ts. Addresses are bytes and may come back as negative i32. */
export interface Kernels {
  openIndex(first: number, padded: number): void;
  vectorAt(row: number): number;
  encodeRow(row: number): number;
  isAlive(row: number): number;
  dropRow(row: number): void;
  openQuery(at: number, codes: number): number;
  maskRows(rows: number, keep: number, mask: number): void;
  scan(rows: number, mask: number, dots: number): void;
  pick(rows: number, k: number, metric: number, mask: number, dots: number, heap: number, seeds: number): number;
  rescoredRows(): number;
  openMatrix(at: number, n: number, panel: number, product: number, diagonal: number): void;
  packPanel(start: number, width: number): void;
  invertBlock(start: number, width: number, negative: number, work: number): number;
  multiplyPanel(negative: number): void;
  updateColumns(from: number, to: number): void;
  storePanel(start: number, width: number, negative: number): void;
  mirrorNegated(): void;
}

export const PAGE_BYTES = 65536;
/** The kernels' own data lies in the first page; everything else starts here. */
export const FIRST_FREE_BYTE = PAGE_BYTES;
/** 32-bit addresses: 4 GiB. */
export const MEMORY_BYTES = 65536 * PAGE_BYTES;

let compiled: object | undefined;

function compile(): object {
  // dist/kernels.wasm is beside the compiled code, and one folder over from src/ where tests run.
  const path = join(__dirname, '..', 'dist', 'kernels.wasm');
  try {
    return new WebAssembly.Module(readFileSync(path));
  } catch (cause) {
    throw new Error(`cannot load the compiled kernels (${path}): run "npm run build"`, { cause });
  }
}

/** A WebAssembly memory of at least `bytes` bytes. Throws RangeError beyond 4 GiB or what the machine has. */
export function createMemory(bytes: number): WasmMemory {
  if (bytes > MEMORY_BYTES) throw new RangeError(`${bytes} bytes needed, a WebAssembly memory holds ${MEMORY_BYTES}`);
  return new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE_BYTES) });
}

/** Kernels that work on `memory`; compiled once, instantiated for each memory. */
export function bindKernels(memory: WasmMemory): Kernels {
  compiled ??= compile();
  const abort = (): never => {
    throw new Error('a numeric kernel aborted');
  };
  // The compiled module is built from the sources that Kernels describes.
  return new WebAssembly.Instance(compiled, { env: { memory, abort } }).exports as Kernels;
}
