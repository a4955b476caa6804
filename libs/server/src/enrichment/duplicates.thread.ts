import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { duplicateGroups } from '@attune/language/understanding';
import { z } from 'zod';

// Both `src` and `dist` have the built entry at the same place.
const ENTRY = join(__dirname, '..', '..', 'dist', 'enrichment', 'duplicates.worker.js');
/** So few are compared within milliseconds. */
const FEW = 500;

const groupsSchema = z.array(z.array(z.string()));

export interface TitledItem {
  readonly id: string;
  readonly title: string;
}

/**
 * Items that are the same thing by their titles: see `duplicateGroups`. Many are compared in a thread, so that requests do
 * not wait. Rejects with the signal's reason.
 */
export async function duplicatesOf(
  items: readonly TitledItem[],
  signal: AbortSignal,
): Promise<readonly (readonly string[])[]> {
  if (items.length <= FEW) return duplicateGroups(items);
  const worker = new Worker(ENTRY, { workerData: items, env: {}, execArgv: [] });
  try {
    const [groups] = (await once(worker, 'message', { signal })) as readonly unknown[];
    return groupsSchema.parse(groups);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    await worker.terminate();
  }
}
