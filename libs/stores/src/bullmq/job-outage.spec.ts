import type { JobStatus } from '@attune/sdk';
import { HeldWork, outcomeOf, sampleWorks, type SampleJob, sampleLaneOf, sampleNamed } from '@attune/testkit';
import { hasRedisServer, OwnRedis } from '../fixtures/redis-server.js';
import type { BullJobQueue } from './job-queue.adapter.js';
import { BullBench } from './testing/bull-bench.js';

const TRAIN: SampleJob = { type: 'train' };

/** Asks until it is taken. */
async function taken(jobs: BullJobQueue<SampleJob>, request: SampleJob): Promise<string> {
  for (;;) {
    try {
      return await jobs.enqueue(request);
    } catch (error) {
      expect(error).toMatchObject({ code: 'STORE_UNAVAILABLE' });
    }
  }
}

(hasRedisServer() ? describe : describe.skip)('without Redis (needs the program redis-server)', () => {
  let redis: OwnRedis;
  let bench: BullBench<SampleJob>;
  beforeEach(async () => {
    redis = await OwnRedis.start();
    bench = new BullBench({ laneOf: sampleLaneOf, named: sampleNamed }, redis.url, 'attune');
  });
  afterEach(async () => {
    await redis.kill();
    await redis.start();
    await bench.clear();
    await redis.kill();
  });

  it('everything fails soon, and one line a time says why', async () => {
    const gateway = await bench.open();
    await gateway.enqueue(TRAIN);
    await redis.kill();
    const began = performance.now();
    const asked = [
      gateway.enqueue(TRAIN),
      gateway.accept(TRAIN, 'key'),
      gateway.get('job-1'),
      gateway.list(),
      gateway.cancel('job-1'),
      gateway.ended('job-1'),
      gateway.names('ann'),
      gateway.counts(),
    ];
    for (const answer of await Promise.allSettled(asked))
      expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'STORE_UNAVAILABLE' } });
    // What waits for Redis waits for ever: soon is long before the test gives up, on a slow machine too.
    expect(performance.now() - began).toBeLessThan(30_000);
    await redis.start();
    await taken(gateway, TRAIN);
    expect(bench.warnings).toEqual([expect.stringMatching(/^Redis cannot be reached/)]);
  });

  it('a queue opens, and works once it is there', async () => {
    await redis.kill();
    const held = new HeldWork();
    const [gateway] = await Promise.all([bench.open(), bench.open(sampleWorks(held.work))]);
    await expect(gateway.enqueue(TRAIN)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await redis.start();
    const id = await taken(gateway, TRAIN);
    (await held.of(id)).end(outcomeOf(1));
    expect(await endedOf(gateway, id)).toMatchObject({ state: 'completed' });
  });

  it('jobs are lost where it comes back empty, and workers go on with what is asked then', async () => {
    const held = new HeldWork();
    const [gateway] = await Promise.all([
      bench.open(),
      bench.open(sampleWorks(held.work), { stalledAfterMs: 1_000 }),
      bench.open(sampleWorks(held.work), { stalledAfterMs: 1_000 }),
    ]);
    const lost = await gateway.enqueue(TRAIN);
    const run = await held.of(lost);
    const stopped = new Promise<void>((stop) => run.signal.addEventListener('abort', () => stop()));
    await redis.kill();
    await redis.start();
    const [train, erase] = [await taken(gateway, TRAIN), await taken(gateway, { type: 'erase', userId: 'ann' })];
    await stopped;
    await expect(gateway.get(lost)).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' });
    const again = await held.of(train);
    expect((await gateway.get(erase)).state).toBe('waiting');
    again.end(outcomeOf(1));
    (await held.of(erase)).end(outcomeOf(1));
    expect(await endedOf(gateway, erase)).toMatchObject({ state: 'completed' });
  });

  it('an end is told as soon as it is back', async () => {
    // As long as nobody else begins the job meanwhile, an empty Redis apart.
    const held = new HeldWork();
    const [gateway] = await Promise.all([bench.open(), bench.open(sampleWorks(held.work))]);
    const id = await gateway.enqueue(TRAIN);
    const run = await held.of(id);
    const told = new Promise<JobStatus>((tell) => gateway.onChange((job) => job.finishedAt && tell(job)));
    await bench.withRedis((client) => client.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes'));
    await bench.withRedis((client) => client.call('CLIENT', 'KILL', 'TYPE', 'pubsub'));
    run.end(outcomeOf(1));
    expect(await told).toMatchObject({ id, state: 'completed' });
  });
});

/** Waits for a job, from when changes are heard again. */
async function endedOf(jobs: BullJobQueue<SampleJob>, id: string): Promise<JobStatus> {
  for (;;) {
    try {
      return await jobs.ended(id);
    } catch (error) {
      expect(error).toMatchObject({ code: 'STORE_UNAVAILABLE' });
    }
  }
}
