import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { idsOf, type JobAnswer } from './testing/answers.js';
import { GatewayProcess } from './testing/gateway.process.js';
import { until } from './testing/http.client.js';
import { demoFolder, writeShop } from './testing/scratch.js';
import { startGateway, type Gateway } from './testing/start-gateway.js';
import { tinySurface } from './testing/tiny-shop.js';

const LOADED = /with 3791 items and 18402 events/;

describe('the bundled shop', () => {
  it('broken off by Ctrl-C in its first import is completed by the next start, with nothing missing or twice', async () => {
    // Nothing to train: what is at stake is the import and the embedding.
    const files = { ...writeShop({ surfaces: { home: tinySurface('home') } }), demo: true };
    const { data } = files;
    const first = new GatewayProcess(files);
    await first.said(/Importing baskets …/);
    const { stdout } = await first.stop('SIGINT');
    expect(stdout).toBe('');
    expect(JSON.parse(readFileSync(join(data, 'demo.json'), 'utf8'))).toMatchObject({ state: 'importing' });
    const second = new GatewayProcess(files);
    await second.said(/Embedding items …/);
    await second.stop('SIGINT');
    const third = await startGateway(files);
    expect(third.process.stdout).toMatch(LOADED);
    const slate = await third.slate({ surface: 'home', userId: '17850', limit: 10 });
    expect(slate.degraded).toEqual([]);
    expect(slate.items).toHaveLength(10);
    // Every item has a vector: a fourth start has nothing to embed.
    await third.stop();
    const fourth = await startGateway(files);
    expect(fourth.process.stderr).not.toMatch(/Importing|Embedding/);
    expect((await fourth.expect<{ jobs: readonly JobAnswer[] }>('GET', '/v1/jobs')).jobs[0]).toMatchObject({
      state: 'completed',
    });
    await fourth.stop();
  }, 200_000);
});

describe('a shop that runs', () => {
  let data: string;
  let shop: Gateway;
  beforeAll(async () => {
    data = await demoFolder();
    shop = await startGateway({ data, demo: true });
  }, 200_000);
  afterAll(() => shop.stop());

  const enqueue = async (body: object): Promise<string> =>
    (await shop.expect<{ jobId: string }>('POST', '/v1/jobs', body)).jobId;
  const end = async (id: string): Promise<JobAnswer> => {
    await until(`job ${id} to end`, async () => !['waiting', 'active'].includes((await shop.job(id)).state));
    return shop.job(id);
  };

  it('was ready at once: a restart neither imports nor embeds nor trains', () => {
    expect(shop.process.stdout).toMatch(LOADED);
    expect(shop.process.stderr).not.toMatch(/Importing|Embedding|Training/);
  });

  it('trains while it serves, tells how far it is, and serves the new models from then on', async () => {
    const before = await shop.slate({ surface: 'cart', itemIds: ['22384'], limit: 5 });
    const bought = Array.from({ length: 200 }, (_, i) => ({
      id: `tr-${i}`,
      type: 'purchase',
      userId: `trainee-${i}`,
      itemIds: ['22384', '84029E'],
    }));
    await shop.send(...bought);
    const id = await enqueue({ type: 'train' });
    const seen = new Set<number>();
    let slates = 0;
    await until('the training to end', async () => {
      const { state, progress } = await shop.job(id);
      if (state === 'active') {
        const { items } = await shop.expect<{ items: readonly unknown[] }>('POST', '/v1/recommendations', {
          surface: 'home',
          userId: '17850',
        });
        expect(items).toHaveLength(10);
        slates += 1;
        if (progress.total > 0) seen.add(progress.done / progress.total);
      }
      return state === 'completed';
    });
    expect(await shop.job(id)).toMatchObject({
      type: 'train',
      progress: { done: 200, total: 200 },
      counts: { ok: 2, failed: 0 },
    });
    expect(slates).toBeGreaterThan(1);
    expect([...seen].every((share) => share >= 0 && share <= 1)).toBe(true);
    const after = await shop.slate({ surface: 'cart', itemIds: ['22384'], limit: 5 });
    expect(after.pipeline.digest).not.toBe(before.pipeline.digest);
    expect(idsOf(before)).not.toContain('84029E');
    expect(idsOf(after)).toContain('84029E');
  });

  it('cancels a job that waits and one that runs, and keeps the models it had', async () => {
    const { pipeline } = await shop.slate({ surface: 'home', limit: 1 });
    const [active, waiting] = [
      await enqueue({ type: 'train', use: ['ease'] }),
      await enqueue({ type: 'train', use: ['item-knn'] }),
    ];
    expect(await enqueue({ type: 'train', use: ['item-knn'] })).toBe(waiting);
    expect(await shop.expect<JobAnswer>('DELETE', `/v1/jobs/${waiting}`)).toMatchObject({ state: 'canceled' });
    expect(await shop.expect<JobAnswer>('DELETE', `/v1/jobs/${active}`)).toMatchObject({ state: 'canceled' });
    expect((await end(active)).state).toBe('canceled');
    expect((await shop.slate({ surface: 'home', limit: 1 })).pipeline).toEqual(pipeline);
    expect(await shop.call('DELETE', `/v1/jobs/${active}`)).toMatchObject({
      status: 409,
      body: { code: 'JOB_NOT_CANCELABLE' },
    });
    const { jobs } = await shop.expect<{ jobs: readonly JobAnswer[] }>('GET', '/v1/jobs');
    expect(
      jobs
        .slice(0, 2)
        .map(({ id }) => id)
        .sort(),
    ).toEqual([active, waiting].sort());
  });

  it('knows no job of another name, and refuses one whose trainer is not configured', async () => {
    expect(await shop.call('GET', '/v1/jobs/job-of-nobody')).toMatchObject({
      status: 404,
      body: { code: 'JOB_NOT_FOUND' },
    });
    expect(await shop.call('DELETE', '/v1/jobs/job-of-nobody')).toMatchObject({
      status: 404,
      body: { code: 'JOB_NOT_FOUND' },
    });
    expect(await shop.call('POST', '/v1/jobs', { type: 'tidy' })).toMatchObject({
      status: 400,
      body: { code: 'VALIDATION_FAILED' },
    });
    expect(await shop.call('POST', '/v1/jobs', { type: 'train', use: ['no-such-trainer'] })).toMatchObject({
      status: 400,
      body: { code: 'PLUGIN_UNKNOWN', detail: "no trainer 'no-such-trainer'; there are ease, item-knn" },
    });
  });

  it('ends in order while a model is being trained, and the next start has its events, jobs and models', async () => {
    const id = await enqueue({ type: 'train' });
    await until('the training to begin', async () => (await shop.job(id)).state === 'active');
    await shop.send({ id: 'last-words', type: 'purchase', userId: 'leaver', itemId: '22384' });
    const { code } = await shop.stop('SIGTERM');
    expect(code).toBe(0);
    expect(existsSync(join(data, 'owner.lock'))).toBe(false);
    shop = await startGateway({ data, demo: true });
    expect(shop.process.stdout).toContain('with 3791 items and 18603 events');
    expect(shop.process.stderr).not.toMatch(/Importing|Embedding|Training/);
    expect((await shop.job(id)).state).toBe('canceled');
    expect(await shop.send({ id: 'last-words', type: 'purchase', userId: 'leaver', itemId: '22384' })).toMatchObject({
      duplicates: 1,
    });
    expect(idsOf(await shop.slate({ surface: 'cart', itemIds: ['22384'], limit: 5 }))).toContain('84029E');
  });
});
