import { WaitingError, Worker, type Job, type WorkerOptions } from 'bullmq';
import type { Redis } from 'ioredis';
import type { JobKeys } from './job-keys.js';
import { ENDLESS, type LaneOptions } from './job-lanes.js';

/** What was delivered. */
export interface Delivery {
  readonly id: string;
  /** The job's type. */
  readonly type: string;
  /** Token by which it is held. */
  readonly token: string;
  readonly data: unknown;
  /** How often it was tried and failed. */
  readonly failures: number;
  /** How often a process died over it. */
  readonly deaths: number;
  /** Puts it back at the head of the queue; to be thrown. */
  back(): Promise<Error>;
}

export interface LaneWorkerOptions {
  readonly name: string;
  readonly connection: Redis;
  readonly keys: JobKeys;
  /** Deliveries at the same time, in this process. */
  readonly concurrency: number;
  readonly limiter?: LaneOptions['limiter'];
  /** After how many milliseconds without a sign of life what a process had is given to another. */
  readonly stalledAfterMs: number;
  readonly work: (delivery: Delivery) => Promise<void>;
  /** Another process will do what was delivered under this id. */
  readonly lost: (id: string) => void;
  readonly failed: (error: Error) => void;
}

/** Pause before asking again where Redis did not answer. */
const RETRY_MS = 1_000;

/** Takes what is delivered in one queue. BullMQ is the postman: it never decides how a job ends. */
export class LaneWorker {
  readonly #worker: Worker;

  constructor({ name, connection, keys, work, lost, failed, ...options }: LaneWorkerOptions) {
    this.#worker = new Worker(name, async (job, token = '') => await work(deliveryOf(job, token)), {
      connection,
      prefix: keys.lanes,
      ...workerOptions(options),
    });
    this.#worker.on('error', failed);
    this.#worker.on('lockRenewalFailed', (ids: string[]) => ids.forEach(lost));
  }

  /** Takes nothing more; resolves when what it has is done. */
  async close(): Promise<void> {
    await this.#worker.close();
  }

  /** Lets go of everything at once: what it has is given to another when it shows no sign of life. */
  async abandon(): Promise<void> {
    await this.#worker.close(true);
  }
}

function workerOptions({
  concurrency,
  limiter,
  stalledAfterMs,
}: Pick<LaneWorkerOptions, 'concurrency' | 'limiter' | 'stalledAfterMs'>): Omit<WorkerOptions, 'connection'> {
  return {
    concurrency,
    lockDuration: stalledAfterMs,
    stalledInterval: stalledAfterMs / 2,
    maxStalledCount: ENDLESS,
    runRetryDelay: RETRY_MS,
    ...(limiter === undefined ? {} : { limiter: { ...limiter } }),
  };
}

function deliveryOf(job: Job, token: string): Delivery {
  return {
    id: job.id ?? '',
    type: job.name,
    token,
    data: job.data,
    failures: job.attemptsMade,
    deaths: job.stalledCounter,
    back: async () => {
      await job.moveToWait(token);
      return new WaitingError();
    },
  };
}
