import type { JobQueue } from '../jobs/job-queue.js';
import type { PendingErasures } from './pending-erasures.js';

const RETRY_MS = 60_000;

/**
 * Enqueues erasures that failed again after `afterMs`: what stood in their way, a full disk, may be gone. Returns what
 * stops it.
 */
export function retryErasures(
  jobs: Pick<JobQueue, 'enqueue' | 'onChange'>,
  erasures: Pick<PendingErasures, 'userIds'>,
  afterMs = RETRY_MS,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  const again = (): void => {
    timer = undefined;
    for (const userId of erasures.userIds()) jobs.enqueue({ type: 'erase', userId });
  };
  const unlisten = jobs.onChange(({ type, state }) => {
    if (type === 'erase' && state === 'failed') timer ??= setTimeout(again, afterMs).unref();
  });
  return () => {
    unlisten();
    clearTimeout(timer);
  };
}
