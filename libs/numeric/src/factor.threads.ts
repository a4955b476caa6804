import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { WasmMemory } from './wasm.kernels.js';

// Both `src` and `dist` have the built entry at the same place.
const ENTRY = join(__dirname, '..', 'dist', 'factor.worker.js');

/** What a thread needs to solve rows: see `openFactors` of the kernels. */
export interface FactorThread {
  readonly memory: WasmMemory;
  readonly padded: number;
  readonly sums: number;
  readonly scratch: number;
  /** Of the `RowQueue` that it serves. It ends when that is closed. */
  readonly queue: SharedArrayBuffer;
}

/**
 * Starts a thread. It takes parts as soon as it runs: nobody waits for one that is slow to start, or cannot. Where none
 * can be made, as at a limit of the process, others do its work: nothing is thrown.
 */
export function startFactorThread(data: FactorThread): void {
  try {
    const worker = new Worker(ENTRY, { workerData: data, env: {}, execArgv: [] });
    // What fails in the middle of a part is told by the queue.
    worker.on('error', () => {});
  } catch {
    // The queue gives the parts to those that run.
  }
}
