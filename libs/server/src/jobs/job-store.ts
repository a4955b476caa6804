import { DurableLog } from '@attune/stores';
import { IdempotencyKeys, usedKeySchema, type UsedKey } from './idempotency-keys.js';
import { JobResults } from './job-results.js';
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

/** Jobs on disk: the latest state of each, for at least a day after its end, and what they found out. */
export class JobStore {
  readonly #jobs = new Map<string, Job>();
  readonly #keys: IdempotencyKeys;
  #records = 0;
  #written: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly log: DurableLog,
    readonly results: JobResults,
    private readonly parts: JobStoreParts,
  ) {
    this.#keys = new IdempotencyKeys(parts.clock);
  }

  /**
   * Jobs that were under way when the process ended are `failed`: nobody works on them any more. Results lie in
   * `<folder>-results`: a log's folder holds nothing else.
   */
  static async open(folder: string, parts: JobStoreParts): Promise<JobStore> {
    const jobs: Job[] = [];
    const keys: UsedKey[] = [];
    let unknown = 0;
    const onRecord = (record: unknown): void => {
      const [job, key] = [jobSchema.safeParse(record), usedKeySchema.safeParse(record)];
      if (job.success) jobs.push(job.data);
      else if (key.success) keys.push(key.data);
      else unknown += 1;
    };
    const log = await DurableLog.open(folder, { onRecord, warn: parts.warn });
    const store = new JobStore(log, await JobResults.open(`${folder}-results`), parts);
    if (unknown > 0)
      parts.warn(`${folder}: ${unknown} records of jobs were written by another version and are left out`);
    for (const job of jobs) store.#jobs.set(job.id, job);
    for (const key of keys) store.#keys.add(key);
    store.#records = jobs.length + keys.length;
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

  /** What a hashed key was used for within the last day. */
  usedKey(key: string): UsedKey | undefined {
    return this.#keys.find(key);
  }

  put(job: Job, durable: boolean): void {
    this.#jobs.set(job.id, job);
    if (!durable) return;
    this.#write(`job ${job.id} could not be written`, this.log.append([job]));
    this.#forgetOld();
    this.#rewriteLong();
  }

  putKey(used: UsedKey): void {
    this.#keys.add(used);
    this.#write('an idempotency key could not be written', this.log.append([used]));
    this.#rewriteLong();
  }

  /** Resolves when what was put is on disk; what could not be written was warned of. */
  async written(): Promise<void> {
    await this.#written;
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
      if (this.#jobs.size <= KEPT_JOBS) break;
      // Oldest first, and one at a time: what is not due yet holds up only jobs that are younger.
      if (finishedAt === undefined || now - Date.parse(finishedAt) <= KEPT_MS) break;
      this.#jobs.delete(id);
    }
    for (const id of this.results.ids) {
      const finishedAt = this.#jobs.get(id)?.finishedAt;
      const isDue = finishedAt === undefined ? !this.#jobs.has(id) : now - Date.parse(finishedAt) > KEPT_MS;
      if (isDue) this.#write(`the result of job ${id} could not be removed`, this.results.remove(id));
    }
  }

  #rewriteLong(): void {
    const kept = this.#jobs.size + this.#keys.size;
    if (++this.#records <= SLACK_RECORDS + kept) return;
    this.#records = kept;
    this.#write('old jobs could not be removed', this.log.rewrite([...this.#keys.list(), ...this.#jobs.values()]));
  }

  #write(problem: string, work: Promise<unknown>): void {
    const warned = work.catch((error: unknown) => this.parts.warn(`${problem}: ${String(error)}`));
    this.#written = Promise.all([this.#written, warned]);
  }
}
