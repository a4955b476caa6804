import { AttuneError } from '@attune/sdk';
import { hashesOf } from './idempotency-keys.js';
import type { JobResult } from './job-results.js';
import type { JobStore } from './job-store.js';
import type { Lane } from './lanes.js';
import { usersOf, withoutUsers } from './named-users.js';
import { queued, type QueuedJob } from './queued-job.js';
import type { Job, JobOutcome, JobRequest, JobWork } from './job.js';

/** Told of every change of a job. */
export type JobListener = (job: Job) => void;

/**
 * Jobs of one tenant, one at a time in each lane. Equal jobs that wait are one job. Ended jobs are kept on disk for a day
 * and more; one that a crash cut short is `failed`, and the work itself is derived from state again.
 */
export class JobQueue {
  readonly #waiting: QueuedJob[] = [];
  readonly #active = new Map<Lane, QueuedJob>();
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
    const entry = queued(request, { id: this.newId(), createdAt: this.#now() });
    this.#waiting.push(entry);
    this.#change(entry, {});
    void this.#next(entry.lane);
    return entry.job.id;
  }

  /** The job this key stands for, within a day of its first use. Throws IDEMPOTENCY_KEY_REUSED if for another request. */
  known(request: JobRequest, key: string | undefined): string | undefined {
    if (key === undefined) return undefined;
    const hashes = hashesOf(key, request);
    const used = this.store.usedKey(hashes.key);
    if (used === undefined || used.request === hashes.request) return used?.jobId;
    throw new AttuneError('IDEMPOTENCY_KEY_REUSED', `the key stands for job '${used.jobId}', which is another request`);
  }

  /** As `known` where the key was used, else as `enqueue`; on disk when it resolves, so that a restart knows the key. */
  async accept(request: JobRequest, key: string | undefined): Promise<string> {
    const known = this.known(request, key);
    if (known !== undefined) return known;
    const jobId = this.enqueue(request);
    if (key !== undefined) this.store.putKey({ ...hashesOf(key, request), jobId, at: this.#now() });
    await this.store.written();
    return jobId;
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

  /** What a job found out. Throws JOB_NOT_FOUND, JOB_NOT_ENDED, RESULT_NOT_FOUND. */
  result(id: string): JobResult {
    const { state } = this.get(id);
    if (state === 'waiting' || state === 'active') throw new AttuneError('JOB_NOT_ENDED', `job '${id}' is ${state}`);
    const result = this.store.results.get(id);
    if (result === undefined) throw new AttuneError('RESULT_NOT_FOUND', `job '${id}' is ${state} and left no result`);
    return result;
  }

  /** Whether a job that has not ended was asked for this user by name, or a result has a line about him. */
  async names(userId: string): Promise<boolean> {
    const asked = this.#unended.some(({ request }) => usersOf(request).includes(userId));
    return asked || (await this.store.results.names(userId));
  }

  /** Removes users from what jobs that have not ended were asked for: how many of them named one. */
  forgetAsked(userIds: readonly string[]): number {
    const users = new Set(userIds);
    const named = this.#unended.filter(({ request }) => usersOf(request).some((id) => users.has(id)));
    for (const entry of named) entry.request = withoutUsers(entry.request, users);
    return named.length;
  }

  /** Removes users from every result, also of jobs under way: how many lines were about one of them. */
  forgetFound(userIds: readonly string[]): Promise<number> {
    return this.store.results.forget(userIds);
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
    const under = [...this.#waiting, ...this.#active.values()];
    await Promise.all(under.map(({ job }) => job.id).map((id) => this.cancel(id)));
    await this.store.close();
  }

  get #unended(): readonly QueuedJob[] {
    return [...this.#active.values(), ...this.#waiting];
  }

  #entry(id: string): QueuedJob | undefined {
    return this.#unended.find(({ job }) => job.id === id);
  }

  async #next(lane: Lane): Promise<void> {
    if (this.#active.has(lane) || this.#closing !== undefined) return;
    const entry = this.#waiting.find((one) => one.lane === lane);
    if (entry === undefined) return;
    this.#waiting.splice(this.#waiting.indexOf(entry), 1);
    this.#active.set(lane, entry);
    this.#change(entry, { state: 'active' });
    this.#finish(entry, await this.#run(entry));
    this.#active.delete(lane);
    void this.#next(lane);
  }

  /** Does the work; how the job ended. A result is readable only where the job completed. */
  async #run(entry: QueuedJob): Promise<Partial<Job>> {
    const { abort, request } = entry;
    const { id } = entry.job;
    const { results } = this.store;
    const progress = (done: number, total: number): void => {
      // What a thread still says after the end changes nothing.
      if (entry.job.finishedAt === undefined) this.#change(entry, { progress: { done, total } }, 'passing');
    };
    try {
      const outcome = await this.work({ id, request, signal: abort.signal, progress, result: results.create(id) });
      await (outcome.failed > 0 ? results.discard(id) : results.commit(id));
      return endOf(outcome);
    } catch (error) {
      await results.discard(id).catch(() => undefined);
      if (abort.signal.aborted) return { state: 'canceled' };
      return { state: 'failed', error: error instanceof Error ? error.message : String(error) };
    }
  }

  #finish(entry: QueuedJob, change: Partial<Job>): void {
    this.#change(entry, { ...change, finishedAt: this.#now() });
    entry.end();
  }

  /** Progress is passing: told, not written to disk. */
  #change(entry: QueuedJob, change: Partial<Job>, kind: 'lasting' | 'passing' = 'lasting'): void {
    entry.job = { ...entry.job, ...change };
    this.store.put(entry.job, kind === 'lasting');
    for (const listener of this.#listeners) listener(entry.job);
  }

  #now(): string {
    return new Date(this.clock.now()).toISOString();
  }
}

function endOf({ ok, failed, errors }: JobOutcome): Partial<Job> {
  const error = errors.length > 0 ? { error: errors.join('\n') } : {};
  return { state: failed > 0 ? 'failed' : 'completed', counts: { ok, failed }, ...error };
}
