import { setImmediate as turn } from 'node:timers/promises';

const MOST = 32;
/** What a batch should take: people's requests wait behind one at most. */
const WANTED_MS = 20;

export interface BatchRun {
  /** Milliseconds of a steady clock. */
  readonly monotonic: () => number;
  readonly signal: AbortSignal;
  readonly progress: (done: number, total: number) => void;
}

/**
 * Works through a list in batches of at most 32, smaller ones where they take long, and lets everything else that waits
 * run in between. Rejects with the signal's reason.
 */
export async function inBatches<T>(
  all: readonly T[],
  { monotonic, signal, progress }: BatchRun,
  work: (batch: readonly T[]) => Promise<void>,
): Promise<void> {
  let size = MOST;
  progress(0, all.length);
  for (let from = 0; from < all.length;) {
    signal.throwIfAborted();
    const batch = all.slice(from, from + size);
    const startedAt = monotonic();
    await work(batch);
    const msEach = (monotonic() - startedAt) / batch.length;
    size = Math.max(1, Math.min(MOST, Math.floor(WANTED_MS / msEach)));
    from += batch.length;
    progress(from, all.length);
    await turn();
  }
}
