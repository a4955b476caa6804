import type { Logger } from 'pino';
import type { JobQueue } from '@attune/sdk';

export interface JobLogParts {
  readonly tenant: string;
  readonly log: Logger;
  /** Milliseconds of a steady clock. */
  readonly monotonic: () => number;
}

/** One line when a job starts and one when it ends, with counts and time; progress is not logged. */
export function logJobs(jobs: Pick<JobQueue, 'onChange'>, { tenant, log, monotonic }: JobLogParts): void {
  const started = new Map<string, number>();
  jobs.onChange(({ id: jobId, type, state, counts, error }) => {
    if (state === 'waiting') return;
    const job = { tenant, jobId, type };
    if (state === 'active') {
      if (!started.has(jobId)) log.info(job, 'job started');
      started.set(jobId, started.get(jobId) ?? monotonic());
      return;
    }
    const ms = Math.round(monotonic() - (started.get(jobId) ?? monotonic()));
    started.delete(jobId);
    if (state === 'failed') log.warn({ ...job, ...counts, ms, error }, 'job failed');
    else log.info({ ...job, ...counts, ms }, `job ${state}`);
  });
}
