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

/** How a job is to end, once the test says so. */
class Ending {
  end!: HeldRun['end'];
  fail!: HeldRun['fail'];
  readonly told = new Promise<JobOutcome>((end, fail) => ([this.end, this.fail] = [end, fail]));
}

/** Work that ends when the test says so. */
export class HeldWork {
  /** In the order they began. */
  readonly runs: HeldRun[] = [];
  readonly #waiting: { readonly id: string; readonly begun: (run: HeldRun) => void }[] = [];
  /** By job: one that is begun again, as its worker stood still for too long, ends as its first run was told to. */
  readonly #endings = new Map<string, Ending>();

  readonly work: WholeWork<SampleJob> = (run) => {
    const ending = this.#endings.get(run.id) ?? new Ending();
    this.#endings.set(run.id, ending);
    const stopped = new Promise<never>((_, stop) =>
      run.signal.addEventListener('abort', () => stop(new Error('aborted'))),
    );
    const held = { ...run, end: ending.end, fail: ending.fail };
    this.runs.push(held);
    for (const { id, begun } of this.#waiting) if (id === run.id) begun(held);
    return Promise.race([ending.told, stopped]);
  };

  /** The run of a job, as soon as it has begun. */
  async of(id: string): Promise<HeldRun> {
    const run = this.runs.find((one) => one.id === id);
    return run ?? (await new Promise<HeldRun>((begun) => this.#waiting.push({ id, begun })));
  }
}

/** An empty queue that does these works, itself or by others. */
export type OpenJobs = (works: JobWorks<SampleJob>) => Promise<JobQueue<SampleJob>>;
