import { setImmediate } from 'node:timers/promises';

/** Evaluations between two collections: each leaves some bytes a word of the vocabulary behind, 0.6 MB for 50,000. */
const EVALUATIONS = 64;
let since = 0;

/**
 * To be called after evaluations. What they leave is freed when JavaScript collects its garbage, which is so little that it
 * would not for gigabytes: it is made to (about 20 ms). Does nothing in a process without `--expose-gc`.
 */
export async function freeNativeMemory(evaluations: number): Promise<void> {
  since += evaluations;
  if (since < EVALUATIONS || globalThis.gc === undefined) return;
  since = 0;
  globalThis.gc();
  // It is freed in a turn of its own.
  await setImmediate();
}
