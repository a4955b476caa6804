import { AttuneError, type JobCounts, type JobQueue, type JobResult, type JobStatus } from '@attune/sdk';
import type { JobResults } from '../jobs/job-results.js';
import type { NamedUsers } from '../jobs/named-users.js';
import type { RedisConnection } from '../redis/redis.connection.js';
import type { JobChanges } from './job-changes.js';
import type { JobCrew } from './job-crew.js';
import type { JobLanes } from './job-lanes.js';
import { hasEnded } from './job-record.js';
import type { JobRecords } from './job-records.js';
import type { JobRuns } from './job-runs.js';
import { patiently } from './patient-access.js';

export interface BullJobQueueParts<R extends { readonly type: string }> {
  readonly connection: RedisConnection;
  readonly records: JobRecords<R>;
  /** The same, waiting for Redis as long as it takes. */
  readonly patient: JobRecords<R>;
  readonly changes: JobChanges;
  readonly lanes: JobLanes;
  readonly laneNames: readonly string[];
  readonly runs: JobRuns;
  readonly followed: Set<string>;
  readonly results: JobResults;
  readonly laneOf: (type: R['type']) => string;
  readonly named: NamedUsers<R>;
  readonly clock: { now(): number };
  readonly newId: () => string;
  /** Aborted when Redis is waited for no longer. */
  readonly ended: AbortController;
  readonly warn: (line: string) => void;
  /** Where this process does jobs, too. */
  readonly crew: JobCrew<R> | undefined;
}

/**
 * Jobs of a tenant in Redis, asked for by any process and done by those that have works. What is known of a job is a
 * record of ours; BullMQ only delivers it, to one worker after the other until one has ended it. Every call throws
 * AttuneError STORE_UNAVAILABLE where Redis cannot be reached.
 */
export class BullJobQueue<R extends { readonly type: string }> implements JobQueue<R> {
  readonly #listeners = new Set<(job: JobStatus) => void>();
  #closing: Promise<void> | undefined;

  constructor(private readonly parts: BullJobQueueParts<R>) {
    parts.changes.tell({
      change: (job) => this.#tell(job),
      cancel: (id) => parts.runs.stopJob(id, 'canceled'),
      hearing: () => void this.#catchUp().catch((error: unknown) => this.#missed(error)),
    });
  }

  async enqueue(request: R): Promise<string> {
    return await this.#accept(request, undefined);
  }

  async known(request: R, key: string | undefined): Promise<string | undefined> {
    return key === undefined ? undefined : await this.parts.records.known(request, key);
  }

  async accept(request: R, key: string | undefined): Promise<string> {
    return await this.#accept(request, key);
  }

  async get(id: string): Promise<JobStatus> {
    const [job] = await this.parts.records.statuses([id]);
    if (job === undefined) throw notFound(id);
    return job;
  }

  async list(): Promise<readonly JobStatus[]> {
    return await this.parts.records.list();
  }

  async result(id: string): Promise<JobResult> {
    const job = await this.get(id);
    if (!hasEnded(job)) throw new AttuneError('JOB_NOT_ENDED', `job '${id}' is ${job.state}`);
    const result = await this.parts.results.get(id);
    if (result === undefined)
      throw new AttuneError('RESULT_NOT_FOUND', `job '${id}' is ${job.state} and left no result`);
    return result;
  }

  async retry(id: string): Promise<string> {
    const { state } = await this.get(id);
    const request = state === 'failed' ? await this.parts.records.requestOf(id) : undefined;
    if (request !== undefined) return await this.enqueue(request);
    const why = state === 'failed' ? 'failed too long ago to know what it was asked' : `is ${state}`;
    throw new AttuneError('JOB_NOT_RETRYABLE', `job '${id}' ${why}`);
  }

  async cancel(id: string): Promise<JobStatus> {
    const { records, lanes, laneOf, clock } = this.parts;
    const state = await records.cancel(id, clock.now());
    if (state === undefined) throw notFound(id);
    if (state === 'active') return await this.ended(id);
    if (state !== 'waiting') throw new AttuneError('JOB_NOT_CANCELABLE', `job '${id}' is ${state}`);
    const job = await this.get(id);
    // Where it cannot be taken off the queue now, whoever is given it finds that it has ended.
    await lanes.remove(laneOf(job.type), id).catch(() => undefined);
    return job;
  }

  async ended(id: string): Promise<JobStatus> {
    const { changes } = this.parts;
    changes.mustHear();
    return await changes.until(id, async () => {
      const job = await this.get(id);
      return hasEnded(job) ? job : undefined;
    });
  }

  async names(userId: string): Promise<boolean> {
    const { records, results, named } = this.parts;
    return (await records.names(userId, named)) || (await results.names(userId));
  }

  async forgetAsked(userIds: readonly string[]): Promise<number> {
    return await this.parts.records.forgetAsked(new Set(userIds), this.parts.named);
  }

  /** Of jobs under way in other processes the lines are not counted: those leave them out themselves. */
  async forgetFound(userIds: readonly string[]): Promise<number> {
    // First those who write: what they put in its place from here on is found there.
    for (const id of await this.parts.records.forgetFound(userIds)) await this.ended(id);
    return await this.parts.results.forget(userIds);
  }

  onChange(listener: (job: JobStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** How much there is to do, by lane. */
  async counts(): Promise<Readonly<Record<string, JobCounts>>> {
    const { lanes, laneNames, records, laneOf } = this.parts;
    const failed = (await records.statuses(await records.failed())).map((job) => job && laneOf(job.type));
    const counts = laneNames.map(async (lane): Promise<[string, JobCounts]> => {
      const failedOnes = failed.filter((other) => other === lane).length;
      return [lane, { ...(await lanes.counts(lane)), failed: failedOnes }];
    });
    return Object.fromEntries(await Promise.all(counts));
  }

  /** Jobs that have not ended within the time for it are left to other processes. */
  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async #close(): Promise<void> {
    await this.parts.crew?.close();
    this.parts.ended.abort();
    this.parts.changes.close();
    await this.parts.lanes.close();
    this.parts.connection.close();
  }

  async #accept(request: R, key: string | undefined): Promise<string> {
    if (this.#closing !== undefined) throw new AttuneError('NOT_READY', 'the server is stopping');
    const { records, lanes, laneOf, clock, newId, followed } = this.parts;
    const own = newId();
    followed.add(own);
    try {
      const id = await records.accept({ id: own, request, key, now: clock.now() });
      // Also of one that is known: whoever took it may have died before it was delivered.
      await lanes.add(laneOf(request.type), { id, type: request.type });
      if (id !== own) await this.#followInstead(own, id);
      return id;
    } catch (error) {
      followed.delete(own);
      throw error;
    }
  }

  async #followInstead(own: string, id: string): Promise<void> {
    const { followed, records } = this.parts;
    followed.delete(own);
    followed.add(id);
    const [job] = await records.statuses([id]);
    if (job === undefined || hasEnded(job)) followed.delete(id);
  }

  #tell(job: JobStatus): void {
    const { followed } = this.parts;
    if (!followed.has(job.id)) return;
    if (hasEnded(job)) followed.delete(job.id);
    for (const listener of this.#listeners) listener(job);
  }

  /** What happened while nothing was heard; a worker has jobs delivered whose delivery was lost. */
  async #catchUp(): Promise<void> {
    const { followed, patient, runs, lanes, laneOf, crew, ended } = this.parts;
    const ids = [...followed];
    for (const [i, job] of (await patient.statuses(ids)).entries()) {
      if (job !== undefined) this.#tell(job);
      else followed.delete(ids[i]!);
    }
    const jobs = runs.jobs;
    for (const [i, { canceled, gone }] of (await patient.stopped(jobs)).entries())
      if (canceled || gone) runs.stopJob(jobs[i]!, gone ? 'lost' : 'canceled');
    if (crew === undefined) return;
    for (const job of await patient.statuses(await patient.unended()))
      if (job !== undefined) await patiently(() => lanes.add(laneOf(job.type), job), ended.signal);
  }

  #missed(error: unknown): void {
    if (!this.parts.ended.signal.aborted) this.parts.warn(`jobs could not be looked through: ${String(error)}`);
  }
}

function notFound(id: string): AttuneError {
  return new AttuneError('JOB_NOT_FOUND', `no job '${id}'`);
}
