import { join } from 'node:path';
import { Redis } from 'ioredis';
import type { JobWorks } from '@attune/sdk';
import { Scratch } from '../../fixtures/scratch.js';
import { freshPrefix, PATIENT_MS, urlOf } from '../../fixtures/services.js';
import { JobResults } from '../../jobs/job-results.js';
import type { BullJobQueue } from '../job-queue.adapter.js';
import { openBullJobQueue, type BullJobQueueOptions } from '../open-job-queue.js';

/** With signs that keys cannot have as they are. */
const TENANT = 'north/süd {1}';

export type BenchOptions<R extends { readonly type: string }> = Partial<BullJobQueueOptions<R>> &
  Pick<BullJobQueueOptions<R>, 'laneOf' | 'named'>;

/** Processes of one deployment, all in this one, with a Redis prefix and a folder of their own. */
export class BullBench<R extends { readonly type: string }> {
  readonly scratch = new Scratch();
  readonly warnings: string[] = [];
  private readonly opened: BullJobQueue<R>[] = [];
  private made = 0;
  private folder: Promise<string> | undefined;

  /** @param options Of every process. */
  constructor(
    private readonly options: BenchOptions<R>,
    readonly url = urlOf('redis'),
    readonly prefix = freshPrefix(),
  ) {}

  /** What all keys begin with. */
  get stem(): string {
    return `${this.prefix}:{${encodeURIComponent(TENANT)}}:jobs:`;
  }

  /** Where results lie. */
  async results(): Promise<string> {
    this.folder ??= this.scratch.folder();
    return join(await this.folder, 'results');
  }

  /** A process that asks, or with works one that does jobs, too. */
  async open(works?: JobWorks<R>, options: Partial<BenchOptions<R>> = {}): Promise<BullJobQueue<R>> {
    const jobs = await openBullJobQueue<R>({
      redis: { url: this.url, prefix: this.prefix, commandTimeoutMs: PATIENT_MS },
      tenant: TENANT,
      lanes: { learning: {}, catalogue: { partsAtOnce: 2 }, reading: {} },
      results: await JobResults.open(await this.results(), { shared: true }),
      clock: { now: () => Date.now() },
      newId: () => `job-${++this.made}`,
      works,
      partBackoffMs: 1,
      drainMs: 0,
      warn: (line) => void this.warnings.push(line),
      ...this.options,
      ...options,
    });
    this.opened.push(jobs);
    return jobs;
  }

  /** Keys that are there, without what all begin with. */
  async keys(): Promise<readonly string[]> {
    return await this.withRedis(async (redis) => {
      const keys: string[] = [];
      for await (const page of redis.scanStream({ match: `${this.prefix}*`, count: 1_000 }))
        keys.push(...(page as string[]));
      return keys.map((key) => (key.startsWith(this.stem) ? key.slice(this.stem.length) : key));
    });
  }

  async withRedis<T>(use: (redis: Redis) => Promise<T>): Promise<T> {
    const redis = new Redis(this.url);
    try {
      return await use(redis);
    } finally {
      redis.disconnect();
    }
  }

  /** Closes every process; the next ones begin with nothing. */
  async clear(): Promise<void> {
    await Promise.all(this.opened.splice(0).map((jobs) => jobs.close()));
    await this.withRedis(async (redis) => {
      for await (const page of redis.scanStream({ match: `${this.prefix}*`, count: 1_000 }))
        if ((page as string[]).length > 0) await redis.del(...(page as string[]));
    });
    await this.scratch.clear();
    this.folder = undefined;
    this.warnings.length = 0;
    this.made = 0;
  }
}
