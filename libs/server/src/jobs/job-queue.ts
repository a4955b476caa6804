import { AttuneError } from '@attune/sdk';
import type { JobStore } from './job-store.js';
import type { Job, JobRequest, JobWork } from './job.js';

/** Told of every change of a job. */
export type JobListener = (job: Job) => void;

interface Entry {
  job: Job;
  readonly request: JobRequest;
  readonly abort: AbortController;
  readonly ended: Promise<void>;
  readonly end: () => void;
}

/**
 * Jobs of one tenant, one at a time. Equal jobs that wait are one job. Ended jobs are kept on disk for a day and more;
 * one that a crash cut short is `failed`, and the work itself is derived from state again.
 */
export class JobQueue {
  readonly #waiting: Entry[] = [];
  #active: Entry | undefined;
  #closing: Promise<void> | undefined;
  readonly #listeners = new Set<JobListener>();

  constructor(
    private readonly store: JobStore,
    private readonly work: JobWork,
    private readonly clock: { now(): number },
    private readonly newId: () => string,
  ) {}

  /** The job's id: that of an equal one still waiting, where there is one. Throws NOT_READY once closed. */
  enqueue(request: JobRequest): string {
    if (this.#closing !== undefined) throw new AttuneError('NOT_READY', 'the server is stopping');
    const same = this.#waiting.find((entry) => JSON.stringify(entry.request) === JSON.stringify(request));
    if (same !== undefined) return same.job.id;
    const job: Job = {
      id: this.newId(),
      type: request.type,
      state: 'waiting',
      progress: { done: 0, total: 0 },
      counts: { ok: 0, failed: 0 },
      createdAt: new Date(this.clock.now()).toISOString(),
    };
    let end = (): void => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const entry: Entry = { job, request, abort: new AbortController(), ended, end };
    this.#waiting.push(entry);
    this.#change(entry, {});
    void this.#next();
    return job.id;
  }

  /** Throws JOB_NOT_FOUND. */
  get(id: string): Job {
    const job = this.#entry(id)?.job ?? this.store.get(id);
    if (job === undefined) throw new AttuneError('JOB_NOT_FOUND', `no job '${id}'`);
    return job;
  }

  /** Newest first. */
  list(): readonly Job[] {
    return this.store.list();
  }

  /** Stops a job; resolves when it has stopped. Throws JOB_NOT_FOUND, JOB_NOT_CANCELABLE. */
  async cancel(id: string): Promise<Job> {
    const entry = this.#entry(id);
    if (entry === undefined) throw new AttuneError('JOB_NOT_CANCELABLE', `job '${id}' is ${this.get(id).state}`);
    entry.abort.abort(new Error('canceled'));
    const place = this.#waiting.indexOf(entry);
    if (place >= 0) {
      this.#waiting.splice(place, 1);
      this.#finish(entry, { state: 'canceled' });
    }
    await entry.ended;
    return entry.job;
  }

  /** Resolves with the job as it ended. */
  async ended(id: string): Promise<Job> {
    await this.#entry(id)?.ended;
    return this.get(id);
  }

  onChange(listener: JobListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Cancels what runs and waits for it. May be called twice. */
  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async #close(): Promise<void> {
    const under = this.#active === undefined ? this.#waiting : [...this.#waiting, this.#active];
    await Promise.all(under.map(({ job }) => job.id).map((id) => this.cancel(id)));
    await this.store.close();
  }

  #entry(id: string): Entry | undefined {
    return this.#active?.job.id === id ? this.#active : this.#waiting.find(({ job }) => job.id === id);
  }

  async #next(): Promise<void> {
    if (this.#active !== undefined || this.#closing !== undefined) return;
    const entry = this.#waiting.shift();
    if (entry === undefined) return;
    this.#active = entry;
    this.#change(entry, { state: 'active' });
    try {
      const progress = (done: number, total: number): void => {
        // What a thread still says after the end changes nothing.
        if (entry.job.finishedAt === undefined) this.#change(entry, { progress: { done, total } }, 'passing');
      };
      const { ok, failed, errors } = await this.work({
        id: entry.job.id,
        request: entry.request,
        signal: entry.abort.signal,
        progress,
      });
      const error = errors.length > 0 ? { error: errors.join('\n') } : {};
      this.#finish(entry, { state: failed > 0 ? 'failed' : 'completed', counts: { ok, failed }, ...error });
    } catch (error) {
      const canceled = entry.abort.signal.aborted;
      this.#finish(
        entry,
        canceled
          ? { state: 'canceled' }
          : { state: 'failed', error: error instanceof Error ? error.message : String(error) },
      );
    }
    this.#active = undefined;
    void this.#next();
  }

  #finish(entry: Entry, change: Partial<Job>): void {
    this.#change(entry, { ...change, finishedAt: new Date(this.clock.now()).toISOString() });
    entry.end();
  }

  /** Progress is passing: told, not written to disk. */
  #change(entry: Entry, change: Partial<Job>, kind: 'lasting' | 'passing' = 'lasting'): void {
    entry.job = { ...entry.job, ...change };
    this.store.put(entry.job, kind === 'lasting');
    for (const listener of this.#listeners) listener(entry.job);
  }
}
