import { laneOf, type Lane } from './lanes.js';
import type { Job, JobRequest } from './job.js';

/** A job that has not ended. */
export interface QueuedJob {
  job: Job;
  request: JobRequest;
  readonly lane: Lane;
  readonly abort: AbortController;
  readonly ended: Promise<void>;
  readonly end: () => void;
}

export function queued(request: JobRequest, { id, createdAt }: Pick<Job, 'id' | 'createdAt'>): QueuedJob {
  const [progress, counts] = [
    { done: 0, total: 0 },
    { ok: 0, failed: 0 },
  ];
  const job: Job = { id, type: request.type, state: 'waiting', progress, counts, createdAt };
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  return { job, request, lane: laneOf(request.type), abort: new AbortController(), ended, end };
}
