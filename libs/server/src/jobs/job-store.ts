import { DurableLog } from '@attune/stores';
import { jobSchema, type Job } from './job.js';

const KEPT_MS = 7 * 24 * 3_600_000;
const KEPT_JOBS = 1_000;

/** Jobs on disk: the latest state of each, for at least a day after its end. */
export class JobStore {
  readonly #jobs = new Map<string, Job>();

  private constructor(
    private readonly log: DurableLog,
    private readonly warn: (line: string) => void,
  ) {}

  /** Jobs that were under way when the process ended are `failed`: nobody works on them any more. */
  static async open(folder: string, { clock, warn }: { readonly clock: { now(): number }; readonly warn: (line: string) => void }): Promise<JobStore> {
    const read: Job[] = [];
    const log = await DurableLog.open(folder, { onRecord: (record) => void read.push(jobSchema.parse(record)), warn });
    const store = new JobStore(log, warn);
    for (const job of read) store.#jobs.set(job.id, job);
    for (const job of store.#jobs.values()) {
      if (job.state !== 'waiting' && job.state !== 'active') continue;
      const finishedAt = new Date(clock.now()).toISOString();
      store.put({ ...job, state: 'failed', error: 'the server stopped before the job ended; enqueue it again', finishedAt }, true);
    }
    await store.#forgetOld(clock.now());
    return store;
  }

  get(id: string): Job | undefined {
    return this.#jobs.get(id);
  }

  list(): readonly Job[] {
    return [...this.#jobs.values()].reverse();
  }

  put(job: Job, durable: boolean): void {
    this.#jobs.set(job.id, job);
    if (durable) this.log.append([job]).catch((error: unknown) => this.warn(`job ${job.id} could not be written: ${String(error)}`));
  }

  close(): Promise<void> {
    return this.log.close();
  }

  async #forgetOld(now: number): Promise<void> {
    if (this.#jobs.size <= KEPT_JOBS) return;
    for (const [id, { finishedAt }] of this.#jobs) {
      if (this.#jobs.size <= KEPT_JOBS) break;
      if (finishedAt !== undefined && now - Date.parse(finishedAt) > KEPT_MS) this.#jobs.delete(id);
    }
    await this.log.rewrite(this.#jobs.values());
  }
}
