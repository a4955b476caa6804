import {
  AttuneError,
  type JobCounts,
  type JobOutcome,
  type JobQueue,
  type JobResult,
  type JobStatus,
  type JobWorks,
} from '@attune/sdk';
import { runWork } from '../../jobs/run-work.js';
import type { NamedUsers } from '../../jobs/named-users.js';
import { hashesOf } from './idempotency-keys.js';
import type { JobStore } from './job-store.js';
import { queued, type QueuedJob } from './queued-job.js';

export interface EmbeddedJobQueueOptions<R extends { readonly type: string }> {
  readonly works: JobWorks<R>;
  /** Jobs of one lane run one after the other; lanes run beside each other. */
  readonly laneOf: (type: R['type']) => string;
  readonly named: NamedUsers<R>;
  readonly clock: { now(): number };
  readonly newId: () => string;
}

/** Failed jobs whose requests are remembered, to be done again. */
const MOST_FAILED = 100;

/**
 * Jobs in this process, one at a time in each lane. Ended jobs are kept on disk for a day and more; one that a crash cut
 * short is `failed`, and the work itself is derived from state again. What was asked is in memory only, since it may name
 * people.
 */
export class EmbeddedJobQueue<R extends { readonly type: string }> implements JobQueue<R> {
  readonly #waiting: QueuedJob<R>[] = [];
  readonly #active = new Map<string, QueuedJob<R>>();
  readonly #failed = new Map<string, R>();
  #closing: Promise<void> | undefined;
  readonly #listeners = new Set<(job: JobStatus) => void>();

  constructor(
    private readonly store: JobStore,
    private readonly options: EmbeddedJobQueueOptions<R>,
  ) {}

  async enqueue(request: R): Promise<string> {
    if (this.#closing !== undefined) throw new AttuneError('NOT_READY', 'the server is stopping');
    const same = this.#waiting.find((entry) => JSON.stringify(entry.request) === JSON.stringify(request));
    if (same !== undefined) return same.job.id;
    const { newId, laneOf } = this.options;
    const entry = queued(request, { id: newId(), createdAt: this.#now(), lane: laneOf(request.type) });
    this.#waiting.push(entry);
    this.#change(entry, {});
    void this.#next(entry.lane);
    return entry.job.id;
  }

  async known(request: R, key: string | undefined): Promise<string | undefined> {
    if (key === undefined) return undefined;
    const hashes = hashesOf(key, request);
    const used = this.store.usedKey(hashes.key);
    if (used === undefined || used.request === hashes.request) return used?.jobId;
    throw new AttuneError('IDEMPOTENCY_KEY_REUSED', `the key stands for job '${used.jobId}', which is another request`);
  }

  async accept(request: R, key: string | undefined): Promise<string> {
    const known = await this.known(request, key);
    if (known !== undefined) return known;
    const jobId = await this.enqueue(request);
    if (key !== undefined) this.store.putKey({ ...hashesOf(key, request), jobId, at: this.#now() });
    await this.store.written();
    return jobId;
  }

  async get(id: string): Promise<JobStatus> {
    const job = this.#entry(id)?.job ?? this.store.get(id);
    if (job === undefined) throw new AttuneError('JOB_NOT_FOUND', `no job '${id}'`);
    return job;
  }

  async list(): Promise<readonly JobStatus[]> {
    return this.store.list();
  }

  async result(id: string): Promise<JobResult> {
    const { state } = await this.get(id);
    if (state === 'waiting' || state === 'active') throw new AttuneError('JOB_NOT_ENDED', `job '${id}' is ${state}`);
    const result = await this.store.results.get(id);
    if (result === undefined) throw new AttuneError('RESULT_NOT_FOUND', `job '${id}' is ${state} and left no result`);
    return result;
  }

  async retry(id: string): Promise<string> {
    const { state } = await this.get(id);
    const request = this.#failed.get(id);
    if (state === 'failed' && request !== undefined) return await this.enqueue(request);
    const why = state === 'failed' ? 'failed too long ago to know what it was asked' : `is ${state}`;
    throw new AttuneError('JOB_NOT_RETRYABLE', `job '${id}' ${why}`);
  }

  async names(userId: string): Promise<boolean> {
    const { named } = this.options;
    const asked = this.#unended.some(({ request }) => named.usersOf(request).includes(userId));
    return asked || (await this.store.results.names(userId));
  }

  async forgetAsked(userIds: readonly string[]): Promise<number> {
    const { usersOf, withoutUsers } = this.options.named;
    const users = new Set(userIds);
    for (const [id, request] of this.#failed) this.#failed.set(id, withoutUsers(request, users));
    const named = this.#unended.filter(({ request }) => usersOf(request).some((id) => users.has(id)));
    for (const entry of named) entry.request = withoutUsers(entry.request, users);
    return named.length;
  }

  forgetFound(userIds: readonly string[]): Promise<number> {
    return this.store.results.forget(userIds);
  }

  async cancel(id: string): Promise<JobStatus> {
    const entry = this.#entry(id);
    if (entry === undefined)
      throw new AttuneError('JOB_NOT_CANCELABLE', `job '${id}' is ${(await this.get(id)).state}`);
    entry.abort.abort(new Error('canceled'));
    const place = this.#waiting.indexOf(entry);
    if (place >= 0) {
      this.#waiting.splice(place, 1);
      this.#finish(entry, { state: 'canceled' });
    }
    await entry.ended;
    return entry.job;
  }

  async ended(id: string): Promise<JobStatus> {
    await this.#entry(id)?.ended;
    return await this.get(id);
  }

  async counts(): Promise<Readonly<Record<string, JobCounts>>> {
    const lanes = new Map<string, { waiting: number; active: number; delayed: number; failed: number }>();
    const count = (lane: string, what: 'waiting' | 'active' | 'failed'): void => {
      const counts = lanes.get(lane) ?? { waiting: 0, active: 0, delayed: 0, failed: 0 };
      counts[what]++;
      lanes.set(lane, counts);
    };
    for (const { lane } of this.#waiting) count(lane, 'waiting');
    for (const lane of this.#active.keys()) count(lane, 'active');
    for (const { type } of this.#failed.values()) count(this.options.laneOf(type), 'failed');
    return Object.fromEntries(lanes);
  }

  onChange(listener: (job: JobStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Cancels what runs and waits for it. May be called twice. */
  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async #close(): Promise<void> {
    await Promise.all(this.#unended.map(({ job }) => this.cancel(job.id)));
    await this.store.close();
  }

  get #unended(): readonly QueuedJob<R>[] {
    return [...this.#active.values(), ...this.#waiting];
  }

  #entry(id: string): QueuedJob<R> | undefined {
    return this.#unended.find(({ job }) => job.id === id);
  }

  async #next(lane: string): Promise<void> {
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
  async #run(entry: QueuedJob<R>): Promise<Partial<JobStatus>> {
    const { abort, request } = entry;
    const { id } = entry.job;
    const { results } = this.store;
    const progress = (done: number, total: number): void => {
      // What a thread still says after the end changes nothing.
      if (entry.job.finishedAt === undefined) this.#change(entry, { progress: { done, total } }, 'passing');
    };
    try {
      const run = { id, request, signal: abort.signal, progress, result: results.create(id) };
      const outcome = await runWork(this.options.works, run);
      await (outcome.failed > 0 ? results.discard(id) : results.commit(id));
      return endOf(outcome);
    } catch (error) {
      await results.discard(id).catch(() => undefined);
      if (abort.signal.aborted) return { state: 'canceled' };
      return { state: 'failed', error: error instanceof Error ? error.message : String(error) };
    }
  }

  #finish(entry: QueuedJob<R>, change: Partial<JobStatus>): void {
    if (change.state === 'failed') this.#remember(entry);
    this.#change(entry, { ...change, finishedAt: this.#now() });
    entry.end();
  }

  #remember({ job, request }: QueuedJob<R>): void {
    this.#failed.set(job.id, request);
    if (this.#failed.size > MOST_FAILED) this.#failed.delete(this.#failed.keys().next().value!);
  }

  /** Progress is passing: told, not written to disk. */
  #change(entry: QueuedJob<R>, change: Partial<JobStatus>, kind: 'lasting' | 'passing' = 'lasting'): void {
    entry.job = { ...entry.job, ...change };
    this.store.put(entry.job, kind === 'lasting');
    for (const listener of this.#listeners) listener(entry.job);
  }

  #now(): string {
    return new Date(this.options.clock.now()).toISOString();
  }
}

function endOf({ ok, failed, errors }: JobOutcome): Partial<JobStatus> {
  const error = errors.length > 0 ? { error: errors.join('\n') } : {};
  return { state: failed > 0 ? 'failed' : 'completed', counts: { ok, failed }, ...error };
}
