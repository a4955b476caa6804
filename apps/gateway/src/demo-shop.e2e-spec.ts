import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { idsOf, type JobAnswer, type SlateAnswer } from './testing/answers.js';
import { runToTheEnd, type Ending, type GatewayOptions } from './testing/gateway.process.js';
import { checkOf } from './testing/found.js';
import { until } from './testing/http.client.js';
import { numberEmbedder } from './testing/number-shop.js';
import { demoFolder, writeShop } from './testing/scratch.js';
import { startGateway, type Gateway } from './testing/start-gateway.js';
import { tinySurface } from './testing/tiny-shop.js';

const INTERRUPTER = join(__dirname, 'testing', 'interrupted-at.cjs');
const LOADED = /with 3791 items and 18402 events/;

/** How a server ended that was interrupted as soon as it said something on its way to listening. */
function interrupted(files: GatewayOptions, at: string): Promise<Ending> {
  const env = { NODE_OPTIONS: `--require=${INTERRUPTER}`, INTERRUPTED_AT: at };
  return runToTheEnd({ ...files, env });
}

describe('the bundled shop', () => {
  it('broken off by Ctrl-C in its first import is completed by the next start, with nothing missing or twice', async () => {
    // Nothing to train, and vectors that cost nothing: what is at stake is that each item gets one.
    const files = { ...writeShop({ surfaces: { home: tinySurface('home') }, config: numberEmbedder }), demo: true };
    const { data } = files;
    const first = await interrupted(files, 'Importing baskets');
    expect(first).toMatchObject({ stdout: '', stderr: expect.stringMatching(/Importing baskets …/) });
    expect(JSON.parse(readFileSync(join(data, 'demo.json'), 'utf8'))).toMatchObject({ state: 'importing' });
    const second = await interrupted(files, 'Embedding items');
    expect(second).toMatchObject({ stdout: '', stderr: expect.stringMatching(/Embedding items …/) });
    const third = await startGateway(files);
    expect(third.process.stdout).toMatch(LOADED);
    const slate = await third.slate({ surface: 'home', userId: '17850', limit: 10 });
    expect(slate.degraded).toEqual([]);
    expect(slate.items).toHaveLength(10);
    expect((await checkOf(third, 'vectors:text')).detail).toBe('every item has its vector of 16 numbers');
    const { jobs } = await third.expect<{ jobs: readonly JobAnswer[] }>('GET', '/v1/jobs');
    expect(jobs[0]).toMatchObject({ type: 'embed', state: 'completed' });
    await third.stop();
  });
});

describe('a shop that runs', () => {
  let shop: Gateway;
  beforeAll(async () => {
    shop = await startGateway({ data: await demoFolder(), demo: true });
  });
  afterAll(() => shop.stop());

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
    const shares = new Set<number>();
    let slates = 0;
    // On a machine that stands still for a while a training may end before a slate is asked for: then it trains again.
    await until('slates while it trains', async () => {
      const { jobId } = await shop.expect<{ jobId: string }>('POST', '/v1/jobs', { type: 'train' });
      await until('the training to end', async () => {
        const { state, progress } = await shop.job(jobId);
        if (state !== 'active') return state === 'completed';
        const asked = { surface: 'home', userId: '17850' };
        const { items } = await shop.expect<SlateAnswer>('POST', '/v1/recommendations', asked);
        expect(items).toHaveLength(10);
        slates += 1;
        if (progress.total > 0) shares.add(progress.done / progress.total);
        return false;
      });
      expect(await shop.job(jobId)).toMatchObject({
        type: 'train',
        progress: { done: 200, total: 200 },
        counts: { ok: 2, failed: 0 },
      });
      return slates > 1;
    });
    expect([...shares].every((share) => share >= 0 && share <= 1)).toBe(true);
    const after = await shop.slate({ surface: 'cart', itemIds: ['22384'], limit: 5 });
    expect(after.pipeline.digest).not.toBe(before.pipeline.digest);
    expect(idsOf(before)).not.toContain('84029E');
    expect(idsOf(after)).toContain('84029E');
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
});
