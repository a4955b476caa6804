export const JOB_STATES = ['waiting', 'active', 'completed', 'failed', 'canceled'] as const;
export type JobState = (typeof JOB_STATES)[number];

/** A job as it is told. What it was asked is not part of it: that may name people. */
export interface JobStatus {
  readonly id: string;
  readonly type: string;
  readonly state: JobState;
  readonly progress: { readonly done: number; readonly total: number };
  readonly counts: { readonly ok: number; readonly failed: number };
  /** ISO time. */
  readonly createdAt: string;
  readonly finishedAt?: string | undefined;
  readonly error?: string | undefined;
}

/** Parts of a job done, and how each ended. */
export interface JobOutcome {
  readonly ok: number;
  readonly failed: number;
  /** One line a part that failed. */
  readonly errors: readonly string[];
}

/** A line about one user: it goes when he is erased. */
export interface ResultLine {
  readonly userId: string;
  readonly [member: string]: unknown;
}

/** Where a job puts what it finds out. Readable once the job has completed. */
export interface ResultWriter {
  /** The whole result as one JSON document. */
  json(value: unknown): Promise<void>;
  /** One more line of a result of many, a user each. */
  line(value: ResultLine): Promise<void>;
}

/** A job under way. */
export interface JobRun<R> {
  readonly id: string;
  readonly request: R;
  /** Aborted when the job is canceled or the process stops. */
  readonly signal: AbortSignal;
  readonly progress: (done: number, total: number) => void;
  readonly result: ResultWriter;
}

/** Work done in one piece, by one process. */
export type WholeWork<R> = (run: JobRun<R>) => Promise<JobOutcome>;

/** A part of a job that any process may do: plain data. */
export type JobPart = Readonly<Record<string, string | readonly string[]>>;

/** Work done in parts, at the same time by as many processes as there are. A part may be done twice. */
export interface SplitWork<R> {
  /** How many things its parts are about together, for the progress. */
  size(run: Pick<JobRun<R>, 'request' | 'signal'>): Promise<number>;
  /** What there is to do, worked out from state: what was done by a run that was cut short is not among it. */
  plan(run: Pick<JobRun<R>, 'request' | 'signal'>): AsyncIterable<JobPart>;
  part(part: JobPart, run: Pick<JobRun<R>, 'request' | 'signal'>): Promise<JobOutcome>;
  /** After the last part. */
  end?(run: Pick<JobRun<R>, 'request' | 'signal'>): Promise<void>;
}

/** How to do every type of job. */
export type JobWorks<R extends { readonly type: string }> = {
  readonly [T in R['type']]: WholeWork<Extract<R, { readonly type: T }>> | SplitWork<Extract<R, { readonly type: T }>>;
};

/** A result that can be read. */
export interface JobResult {
  readonly kind: 'json' | 'ndjson';
  readonly sizeBytes: number;
  stream(): AsyncIterable<Uint8Array>;
}

/** How much there is to do in a lane of jobs: jobs of one lane wait for each other. */
export interface JobCounts {
  readonly waiting: number;
  readonly active: number;
  /** Waiting for another try. */
  readonly delayed: number;
  /** Ended badly; can be done again. */
  readonly failed: number;
}

/**
 * Jobs of one tenant. Equal jobs that wait are one job. Jobs can be read for at least a day after their end; what is lost
 * with a queue is worked out from state again by whoever enqueued it.
 */
export interface JobQueue<R extends { readonly type: string } = { readonly type: string }> {
  /** The job's id: that of an equal one still waiting, where there is one. @throws AttuneError NOT_READY once closed. */
  enqueue(request: R): Promise<string>;
  /** The job this key stands for, within a day of its first use. @throws AttuneError IDEMPOTENCY_KEY_REUSED */
  known(request: R, key: string | undefined): Promise<string | undefined>;
  /** As `known` where the key was used, else as `enqueue`; once it resolves the key is known after a restart too. */
  accept(request: R, key: string | undefined): Promise<string>;
  /** @throws AttuneError JOB_NOT_FOUND */
  get(id: string): Promise<JobStatus>;
  /** Newest first, at most 1,000. */
  list(): Promise<readonly JobStatus[]>;
  /** What a job found out. @throws AttuneError JOB_NOT_FOUND, JOB_NOT_ENDED, RESULT_NOT_FOUND */
  result(id: string): Promise<JobResult>;
  /** Does again what a failed job was asked to; the new job's id. @throws AttuneError JOB_NOT_FOUND, JOB_NOT_RETRYABLE */
  retry(id: string): Promise<string>;
  /** Stops a job; resolves when it has stopped. @throws AttuneError JOB_NOT_FOUND, JOB_NOT_CANCELABLE */
  cancel(id: string): Promise<JobStatus>;
  /** Resolves with the job as it ended. @throws AttuneError JOB_NOT_FOUND */
  ended(id: string): Promise<JobStatus>;
  /** Whether a job that has not ended was asked for this user by name, or a result has a line about him. */
  names(userId: string): Promise<boolean>;
  /** Removes users from what jobs that have not ended were asked for: how many of them named one. */
  forgetAsked(userIds: readonly string[]): Promise<number>;
  /** Removes users from every result, also of jobs under way: how many lines were about one of them. */
  forgetFound(userIds: readonly string[]): Promise<number>;
  /** How much there is to do, by lane: jobs, and parts of them. */
  counts(): Promise<Readonly<Record<string, JobCounts>>>;
  /** Told of changes of jobs that this process does or asked for. Returns what ends it. */
  onChange(listener: (job: JobStatus) => void): () => void;
  /** Stops taking jobs and waits for those under way to stop; they are not lost. May be called twice. */
  close(): Promise<void>;
}
