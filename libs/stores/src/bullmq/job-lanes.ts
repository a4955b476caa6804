import { Queue, type JobsOptions } from 'bullmq';
import { AttuneError, type JobCounts, type JobPart, type JobStatus } from '@attune/sdk';
import type { RedisConnection } from '../redis/redis.connection.js';
import type { JobKeys } from './job-keys.js';
import type { PartOf } from './running-records.js';

export interface LaneOptions {
  /** Jobs of the lane done at the same time, by all processes together; default 1. */
  readonly atOnce?: number | undefined;
  /** Parts of its jobs done at the same time, by one process; default 1. */
  readonly partsAtOnce?: number | undefined;
  /** Jobs, and parts, begun at most: `max` within `duration` milliseconds, by all processes together. */
  readonly limiter?: { readonly max: number; readonly duration: number } | undefined;
}

export type Lanes = Readonly<Record<string, LaneOptions>>;

/** A part as it lies in the queue. */
export interface QueuedPart extends PartOf {
  readonly part: JobPart;
}

/** Deliveries that failed are tried again for as long as it takes: how a job ends is decided by its record. */
export const ENDLESS = 1_000_000;
/** BullMQ tells events that nobody reads here. */
const MOST_EVENTS = 100;
const REDELIVERY: JobsOptions = {
  attempts: ENDLESS,
  backoff: { type: 'fixed', delay: 1_000 },
  removeOnComplete: true,
  removeOnFail: true,
  stackTraceLimit: 0,
};

export const partsOf = (lane: string): string => `${lane}-parts`;

/** The queues of BullMQ: one for the jobs of each lane, and one for their parts. They hold ids and parts, no requests. */
export class JobLanes {
  readonly #queues = new Map<string, Queue>();

  constructor(
    private readonly connection: RedisConnection,
    private readonly keys: JobKeys,
    private readonly lanes: Lanes,
  ) {}

  /** Has a job delivered to a worker; one that is on its way is not delivered twice. */
  async add(lane: string, { id, type }: Pick<JobStatus, 'id' | 'type'>): Promise<void> {
    await this.#with(lane, async (queue) => {
      // Every time: Redis may have forgotten it.
      await queue.setGlobalConcurrency(this.lanes[lane]?.atOnce ?? 1);
      await queue.add(type, {}, { ...REDELIVERY, jobId: id });
    });
  }

  /** Takes a job off the queue; one that is in a worker's hands stays there. */
  async remove(lane: string, id: string): Promise<void> {
    await this.#with(lane, (queue) => queue.remove(id));
  }

  /** @param backoffMs Pause after the first failure of a part; it doubles with each. */
  async addParts(lane: string, parts: readonly QueuedPart[], backoffMs: number): Promise<void> {
    const backoff = { type: 'exponential', delay: backoffMs };
    const jobs = parts.map((data) => ({
      name: 'part',
      data,
      opts: { ...REDELIVERY, backoff, jobId: `${data.job}~${data.plan}~${data.number}` },
    }));
    await this.#with(partsOf(lane), (queue) => queue.addBulk(jobs));
  }

  async counts(lane: string): Promise<Omit<JobCounts, 'failed'>> {
    const [jobs, parts] = await Promise.all([this.#countsOf(lane), this.#countsOf(partsOf(lane))]);
    return {
      waiting: jobs.waiting + parts.waiting,
      active: jobs.active + parts.active,
      delayed: jobs.delayed + parts.delayed,
    };
  }

  async close(): Promise<void> {
    await Promise.all([...this.#queues.values()].map((queue) => queue.close().catch(() => undefined)));
  }

  async #countsOf(name: string): Promise<Omit<JobCounts, 'failed'>> {
    const {
      waiting = 0,
      active = 0,
      delayed = 0,
    } = await this.#with(name, (queue) => queue.getJobCounts('waiting', 'active', 'delayed'));
    return { waiting, active, delayed };
  }

  async #with<T>(name: string, use: (queue: Queue) => Promise<T>): Promise<T> {
    const { client } = this.connection;
    // BullMQ would wait for the connection however long it takes.
    if (client.status !== 'ready')
      throw new AttuneError('STORE_UNAVAILABLE', `Redis: the connection is ${client.status}`);
    const queue = this.#queues.get(name) ?? this.#open(name);
    return await this.connection.guarded(use(queue));
  }

  #open(name: string): Queue {
    const queue = new Queue(name, {
      connection: this.connection.client,
      prefix: this.keys.lanes,
      streams: { events: { maxLen: MOST_EVENTS } },
    });
    // Each call fails with it. One that failed to begin never begins again: the next call takes another.
    queue.on('error', () => undefined);
    queue.waitUntilReady().catch(() => this.#queues.delete(name));
    this.#queues.set(name, queue);
    return queue;
  }
}
