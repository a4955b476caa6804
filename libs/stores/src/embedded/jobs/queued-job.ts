import type { JobStatus } from '@attune/sdk';

/** A job that has not ended. */
export interface QueuedJob<R> {
  job: JobStatus;
  request: R;
  readonly lane: string;
  readonly abort: AbortController;
  readonly ended: Promise<void>;
  readonly end: () => void;
}

export function queued<R extends { readonly type: string }>(
  request: R,
  { id, createdAt, lane }: Pick<JobStatus, 'id' | 'createdAt'> & { readonly lane: string },
): QueuedJob<R> {
  const [progress, counts] = [
    { done: 0, total: 0 },
    { ok: 0, failed: 0 },
  ];
  const job: JobStatus = { id, type: request.type, state: 'waiting', progress, counts, createdAt };
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  return { job, request, lane, abort: new AbortController(), ended, end };
}
