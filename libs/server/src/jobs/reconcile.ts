import type { JobQueue, JobStatus, PendingErasures, SearchIndex } from '@attune/sdk';
import type { EncodedSpace } from '../platform/encoders.js';
import type { JobRequest } from './job.js';

export interface ReconcileParts {
  readonly jobs: Pick<JobQueue<JobRequest>, 'enqueue' | 'list'>;
  readonly items: Pick<SearchIndex, 'countWithoutVector'>;
  /** Jobs that embed, and the versions of spaces that each fills. */
  readonly fills: readonly {
    readonly type: 'embed' | 'backfill';
    readonly filled: () => Promise<readonly Pick<EncodedSpace, 'id'>[]>;
  }[];
  readonly erasures: Pick<PendingErasures, 'userIds'>;
  readonly clock: { now(): number };
  /** One line for a look that failed. */
  readonly warn: (line: string) => void;
}

const LOOK_MS = 60_000;
/** What fails again and again is tried this seldom in the end. */
const SELDOM_MS = 3_600_000;

/**
 * Enqueues what there is to do as the stores show it: items without a vector, users to be erased. So no work is lost with a
 * process or a queue. What fails is tried again after a minute, then after two, up to an hour, by whichever process looks;
 * one that begins tries everything. Looks once a minute; returns how to look at once, and how to stop.
 */
export function reconcile({ jobs, items, fills, erasures, clock, warn }: ReconcileParts): {
  readonly look: () => Promise<void>;
  readonly stop: () => void;
} {
  const begun = clock.now();
  const isDue = (type: string, all: readonly JobStatus[]): boolean => {
    const own = all.filter((job) => job.type === type);
    if (own.some(({ finishedAt }) => finishedAt === undefined)) return false;
    return clock.now() >= triedAgainAt(own.filter((job) => endOf(job) > begun).reverse());
  };
  const lookOnce = async (): Promise<void> => {
    const all = await jobs.list();
    if (isDue('erase', all))
      for (const userId of await erasures.userIds()) await jobs.enqueue({ type: 'erase', userId });
    for (const { type, filled } of fills) {
      if (!isDue(type, all)) continue;
      const missing = await Promise.all((await filled()).map(({ id }) => items.countWithoutVector(id)));
      if (missing.some((count) => count > 0)) await jobs.enqueue({ type });
    }
  };
  let looking: Promise<void> | undefined;
  // One at a time: two would both find that nothing is enqueued yet.
  const look = (): Promise<void> => (looking ??= lookOnce().finally(() => (looking = undefined)));
  let isStopped = false;
  const fail = (error: unknown): void => {
    if (!isStopped) warn(`it is not known what there is to embed and to erase: ${String(error)}`);
  };
  const timer = setInterval(() => void look().catch(fail), LOOK_MS).unref();
  const stop = (): void => {
    isStopped = true;
    clearInterval(timer);
  };
  return { look, stop };
}

const endOf = ({ finishedAt }: JobStatus): number => Date.parse(finishedAt ?? '');

/** From when on work may be done again, epoch milliseconds; `ended`: its jobs, oldest first. */
function triedAgainAt(ended: readonly JobStatus[]): number {
  const failed = ended
    .slice(ended.findLastIndex(({ state }) => state === 'completed') + 1)
    .filter(({ state }) => state === 'failed');
  let rounds = 0;
  let end = -Infinity;
  for (const job of failed) {
    // Those that waited together failed together.
    if (Date.parse(job.createdAt) > end) rounds++;
    end = Math.max(end, endOf(job));
  }
  return end + Math.min(SELDOM_MS, LOOK_MS * 2 ** (rounds - 1));
}
