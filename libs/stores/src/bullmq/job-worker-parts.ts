import type { JobStatus, JobWorks } from '@attune/sdk';
import type { JobResults } from '../jobs/job-results.js';
import type { JobChanges } from './job-changes.js';
import type { JobLanes } from './job-lanes.js';
import type { JobRecords } from './job-records.js';
import type { JobRuns } from './job-runs.js';
import type { RunningRecords } from './running-records.js';

/** What workers work with. */
export interface JobWorkerParts<R extends { readonly type: string }> {
  readonly works: JobWorks<R>;
  readonly laneOf: (type: R['type']) => string;
  readonly records: JobRecords<R>;
  readonly running: RunningRecords<R>;
  readonly runs: JobRuns;
  readonly changes: JobChanges;
  readonly lanes: JobLanes;
  readonly results: JobResults;
  readonly clock: { now(): number };
  readonly partAttempts: number;
  readonly partBackoffMs: number;
  readonly warn: (line: string) => void;
  /** This process tells of the job from here on, or not any more. */
  readonly follow: (id: string) => void;
  readonly unfollow: (id: string) => void;
  /** Aborted when Redis is waited for no longer. */
  readonly ended: AbortSignal;
}

/** A job over which so many processes died is not tried again. */
export const MOST_DEATHS = 3;
export const DIED = `${MOST_DEATHS + 1} processes stopped while they worked on it`;

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Whether a result of an ended job is old enough to go. */
export function isOld(job: JobStatus | undefined, now: number, keptMs: number): boolean {
  return job === undefined || (job.finishedAt !== undefined && now - Date.parse(job.finishedAt) > keptMs);
}
