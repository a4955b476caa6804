import { join } from 'node:path';
import { Redis } from 'ioredis';
import type { JobWorks } from '@attune/sdk';
import { sampleLaneOf, sampleNamed, type SampleJob } from '@attune/testkit';
import { Scratch } from '../../fixtures/scratch.js';
import { freshPrefix, urlOf } from '../../fixtures/services.js';
import { JobResults } from '../../jobs/job-results.js';
import type { BullJobQueue } from '../job-queue.adapter.js';
import { openBullJobQueue, type BullJobQueueOptions } from '../open-job-queue.js';

export type BenchOptions = Partial<BullJobQueueOptions<SampleJob>>;

/** Processes of one deployment, all in this one, with a Redis prefix and a folder of their own. */
export class BullBench {
  readonly scratch = new Scratch();
  readonly warnings: string[] = [];
  private readonly opened: BullJobQueue<SampleJob>[] = [];
  private made = 0;
  private folder: Promise<string> | undefined;

  constructor(
    readonly url = urlOf('redis'),
    readonly prefix = freshPrefix(),
  ) {}

  /** Where results lie. */
  async results(): Promise<string> {
    this.folder ??= this.scratch.folder();
    return join(await this.folder, 'results');
  }

  /** A process that asks, or with works one that does jobs, too. */
  async open(works?: JobWorks<SampleJob>, options: BenchOptions = {}): Promise<BullJobQueue<SampleJob>> {
    const jobs = await openBullJobQueue<SampleJob>({
      redis: { url: this.url, prefix: this.prefix },
      tenant: 'north/süd {1}',
      lanes: { learning: {}, catalogue: { partsAtOnce: 2 }, reading: {} },
      laneOf: sampleLaneOf,
      named: sampleNamed,
      results: await JobResults.open(await this.results(), { shared: true }),
      clock: { now: () => Date.now() },
      newId: () => `job-${++this.made}`,
      works,
      partBackoffMs: 1,
      drainMs: 0,
      warn: (line) => void this.warnings.push(line),
      ...options,
    });
    this.opened.push(jobs);
    return jobs;
  }

  /** Keys that are there, with what makes them ours left out. */
  async keys(): Promise<readonly string[]> {
    return await this.withRedis(async (redis) => {
      const keys: string[] = [];
      for await (const page of redis.scanStream({ match: `${this.prefix}*`, count: 1_000 }))
        keys.push(...(page as string[]));
      return keys.map((key) => key.slice(key.indexOf('}:jobs:') + '}:jobs:'.length));
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
