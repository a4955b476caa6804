import type { JobOutcome, JobQueue, JobRun, JobWorks, SplitWork, WholeWork } from '@attune/sdk';

/** Jobs for the contract of queues: each lane has a type, `learning` two. */
export type SampleJob =
  | { readonly type: 'train'; readonly use?: readonly string[] }
  | { readonly type: 'erase'; readonly userId: string }
  | { readonly type: 'embed' }
  | { readonly type: 'recommend'; readonly users?: readonly string[] };

export const SAMPLE_LANES = ['learning', 'catalogue', 'reading'] as const;

export const sampleLaneOf = (type: SampleJob['type']): (typeof SAMPLE_LANES)[number] =>
  (({ train: 'learning', erase: 'learning', embed: 'catalogue', recommend: 'reading' }) as const)[type];

/** Whom a sample job names. */
export const sampleNamed = {
  usersOf: (request: SampleJob): readonly string[] => (request.type === 'recommend' ? (request.users ?? []) : []),
  withoutUsers: (request: SampleJob, users: ReadonlySet<string>): SampleJob =>
    request.type === 'recommend' && request.users !== undefined
      ? { ...request, users: request.users.filter((id) => !users.has(id)) }
      : request,
};

export const outcomeOf = (ok: number, ...errors: string[]): JobOutcome => ({ ok, failed: errors.length, errors });

/** The same work for jobs of every type, and where wanted another for `embed`. */
export function sampleWorks(work: WholeWork<SampleJob>, embed?: SplitWork<SampleJob>): JobWorks<SampleJob> {
  return { train: work, erase: work, embed: embed ?? work, recommend: work } as JobWorks<SampleJob>;
}

/** A job under way that ends when the test says so, or when it is stopped. */
export type HeldRun = JobRun<SampleJob> & {
  end(outcome: JobOutcome): void;
  fail(error: Error): void;
};

/** Work that ends when the test says so. */
export class HeldWork {
  /** In the order they began. */
  readonly runs: HeldRun[] = [];
  readonly #waiting: { readonly id: string; readonly begun: (run: HeldRun) => void }[] = [];

  readonly work: WholeWork<SampleJob> = (run) =>
    new Promise((end, fail) => {
      run.signal.addEventListener('abort', () => fail(new Error('aborted')));
      const held = { ...run, end, fail };
      this.runs.push(held);
      for (const { id, begun } of this.#waiting) if (id === run.id) begun(held);
    });

  /** The run of a job, as soon as it has begun. */
  async of(id: string): Promise<HeldRun> {
    const run = this.runs.find((one) => one.id === id);
    return run ?? (await new Promise<HeldRun>((begun) => this.#waiting.push({ id, begun })));
  }
}

/** An empty queue that does these works, itself or by others. */
export type OpenJobs = (works: JobWorks<SampleJob>) => Promise<JobQueue<SampleJob>>;
