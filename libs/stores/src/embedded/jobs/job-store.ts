import { JOB_STATES, type JobStatus } from '@attune/sdk';
import { z } from 'zod';
import { JobResults } from '../../jobs/job-results.js';
import { DurableLog } from '../log/durable-log.js';
import { IdempotencyKeys, usedKeySchema, type UsedKey } from './idempotency-keys.js';

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

/** A job as it is stored: what has no type or state of its own is another version's. */
const recordSchema = z.strictObject({
  id: z.string(),
  type: z.string(),
  state: z.enum(JOB_STATES),
  progress: z.strictObject({ done: z.number(), total: z.number() }),
  counts: z.strictObject({ ok: z.int(), failed: z.int() }),
  createdAt: z.string(),
  finishedAt: z.string().optional(),
  error: z.string().optional(),
});

/** Jobs on disk: the latest state of each, for at least a day after its end, and what they found out. */
export class JobStore {
  readonly #jobs = new Map<string, JobStatus>();
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
    const jobs: JobStatus[] = [];
    const keys: UsedKey[] = [];
    let unknown = 0;
    const onRecord = (record: unknown): void => {
      const [job, key] = [recordSchema.safeParse(record), usedKeySchema.safeParse(record)];
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

  get(id: string): JobStatus | undefined {
    return this.#jobs.get(id);
  }

  /** Newest first, at most 1,000. */
  list(): readonly JobStatus[] {
    return [...this.#jobs.values()].slice(-KEPT_JOBS).reverse();
  }

  /** What a hashed key was used for within the last day. */
  usedKey(key: string): UsedKey | undefined {
    return this.#keys.find(key);
  }

  put(job: JobStatus, durable: boolean): void {
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
    this.#write('old results could not be removed', this.#forgetOldResults(now));
  }

  async #forgetOldResults(now: number): Promise<void> {
    for (const id of await this.results.ids()) {
      const finishedAt = this.#jobs.get(id)?.finishedAt;
      const isDue = finishedAt === undefined ? !this.#jobs.has(id) : now - Date.parse(finishedAt) > KEPT_MS;
      if (isDue) await this.results.remove(id);
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
