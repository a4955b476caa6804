import type { JobQueue } from '@attune/sdk';
import type { Logger } from 'pino';
import { wakeModels } from '../embedding/wake-models.js';
import type { Forgets } from '../erase/forgets.js';
import type { Backend } from '../platform/backend.js';
import { OpenedParts } from '../platform/opened-parts.js';
import { scheduleTraining } from '../training/train-schedule.js';
import type { JobRequest } from './job.js';
import { filledBy, jobWorks, type JobWorkParts } from './job-work.js';
import { logJobs } from './log-jobs.js';
import { reconcile } from './reconcile.js';

export interface OpenJobsOptions extends JobWorkParts {
  readonly backend: Backend;
  /** What besides the stores lets go of people; jobs and their results are added. */
  readonly forgets: Forgets[];
  readonly log: Logger;
}

export interface OpenedJobs {
  readonly jobs: JobQueue<JobRequest>;
  /** Ends the schedule, then the jobs. */
  close(): Promise<void>;
}

/** Opens a tenant's jobs; a process that does jobs also sees to it that there are those that are due. */
export async function openJobs(options: OpenJobsOptions): Promise<OpenedJobs> {
  const { tenant, stores, config, encoders, versions, clock, log, forgets, backend } = options;
  const warn = (line: string): void => log.warn(line);
  const jobs = await backend.openQueue({ tenant, works: jobWorks(options), warn });
  forgets.push(
    { place: 'jobs', forget: ({ userIds }) => jobs.forgetAsked(userIds) },
    { place: 'results', forget: ({ userIds }) => jobs.forgetFound(userIds) },
  );
  logJobs(jobs, { tenant, log, monotonic: () => clock.monotonic() });
  // Where the catalogue cannot be read they are opened by the first query or item.
  void versions
    .served()
    .then((spaces) => wakeModels(spaces, encoders.query, stores.items))
    .catch(() => undefined);
  if (!backend.worksJobs) return { jobs, close: () => jobs.close() };
  const { items, erasures } = stores;
  const fills = [
    { type: 'embed', filled: filledBy(options) },
    { type: 'backfill', filled: () => versions.others() },
  ] as const;
  const due = reconcile({ jobs, items, fills, erasures, clock, warn });
  const opened = new OpenedParts();
  opened.add(() => jobs.close());
  opened.add(async () => due.stop());
  try {
    await due.look();
    const schedule = await scheduleTraining(config, { jobs, artifacts: stores.artifacts, clock });
    opened.add(async () => schedule.stop());
  } catch (error) {
    await opened.close();
    throw error;
  }
  return { jobs, close: () => opened.close() };
}
