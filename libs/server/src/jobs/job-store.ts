import { DurableLog } from '@attune/stores';
import { jobSchema, type Job } from './job.js';

/** Ended jobs are kept this long at least: what the API promises. */
const KEPT_MS = 24 * 3_600_000;
/** This many are kept however old. */
const KEPT_JOBS = 1_000;
/** Records on disk beyond what is kept: a job is written three times. */
const SLACK_RECORDS = 10_000;

export interface JobStoreParts {
  readonly clock: { now(): number };
  readonly warn: (line: string) => void;
}

/** Jobs on disk: the latest state of each, for at least a day after its end. */
export class JobStore {
  readonly #jobs = new Map<string, Job>();
  #records = 0;

  private constructor(
    private readonly log: DurableLog,
    private readonly parts: JobStoreParts,
  ) {}

  /** Jobs that were under way when the process ended are `failed`: nobody works on them any more. */
  static async open(folder: string, parts: JobStoreParts): Promise<JobStore> {
    const read: Job[] = [];
    let unknown = 0;
    const onRecord = (record: unknown): void => {
      const { data } = jobSchema.safeParse(record);
      if (data === undefined) unknown += 1;
      else read.push(data);
    };
    const store = new JobStore(await DurableLog.open(folder, { onRecord, warn: parts.warn }), parts);
    if (unknown > 0)
      parts.warn(`${folder}: ${unknown} records of jobs were written by another version and are left out`);
    for (const job of read) store.#jobs.set(job.id, job);
    store.#records = read.length;
    store.#failUnended();
    store.#forgetOld();
    return store;
  }

  get(id: string): Job | undefined {
    return this.#jobs.get(id);
  }

  /** Newest first, at most 1,000. */
  list(): readonly Job[] {
    return [...this.#jobs.values()].slice(-KEPT_JOBS).reverse();
  }

  put(job: Job, durable: boolean): void {
    this.#jobs.set(job.id, job);
    if (!durable) return;
    this.#warning(`job ${job.id} could not be written`, this.log.append([job]));
    this.#records += 1;
    this.#forgetOld();
    if (this.#records <= SLACK_RECORDS + this.#jobs.size) return;
    this.#records = this.#jobs.size;
    this.#warning('old jobs could not be removed', this.log.rewrite([...this.#jobs.values()]));
  }

  close(): Promise<void> {
    return this.log.close();
  }

  #failUnended(): void {
    const finishedAt = new Date(this.parts.clock.now()).toISOString();
    for (const job of this.#jobs.values()) {
      if (job.state !== 'waiting' && job.state !== 'active') continue;
      const error = 'the server stopped before the job ended; enqueue it again';
      this.put({ ...job, state: 'failed', error, finishedAt }, true);
    }
  }

  #forgetOld(): void {
    const now = this.parts.clock.now();
    for (const [id, { finishedAt }] of this.#jobs) {
      if (this.#jobs.size <= KEPT_JOBS) return;
      // Oldest first, and one at a time: what is not due yet holds up only jobs that are younger.
      if (finishedAt === undefined || now - Date.parse(finishedAt) <= KEPT_MS) return;
      this.#jobs.delete(id);
    }
  }

  #warning(problem: string, work: Promise<void>): void {
    work.catch((error: unknown) => this.parts.warn(`${problem}: ${String(error)}`));
  }
}
