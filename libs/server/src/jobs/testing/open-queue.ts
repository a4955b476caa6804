import { join } from 'node:path';
import type { JobWorks } from '@attune/sdk';
import { EmbeddedJobQueue, JobStore } from '@attune/stores';
import { JOB_TYPES, type JobRequest, type JobWork } from '../job.js';
import { laneOf } from '../lanes.js';
import { namedUsers } from '../named-users.js';

export interface TestQueue {
  /** Holds the folder `jobs`. */
  readonly folder: string;
  readonly clock: { now(): number };
  /** Done for jobs of every type. */
  readonly work: JobWork;
  readonly warn?: (line: string) => void;
}

/** A queue on disk whose jobs are `job-1`, `job-2`, … and all do the same. */
export async function openQueue({ folder, clock, work, warn = () => undefined }: TestQueue) {
  const store = await JobStore.open(join(folder, 'jobs'), { clock, warn });
  // The same work for every type, which the record cannot say.
  const works = Object.fromEntries(JOB_TYPES.map((type) => [type, work])) as unknown as JobWorks<JobRequest>;
  let made = 0;
  const newId = (): string => `job-${++made}`;
  return new EmbeddedJobQueue(store, { works, laneOf, named: namedUsers, clock, newId });
}
