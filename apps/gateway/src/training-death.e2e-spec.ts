import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { idsOf, type JobAnswer, type SlateAnswer } from './testing/answers.js';
import { surfaceOf } from './testing/every-plugin.shop.js';
import { folderState } from './testing/folder-state.js';
import { until } from './testing/http.client.js';
import { numberEmbedder } from './testing/number-shop.js';
import { RING_ITEMS, RING_PURCHASES } from './testing/ring.shop.js';
import { writeShop } from './testing/scratch.js';
import { startGateway, type Gateway } from './testing/start-gateway.js';

/** Parts of the training that are done when it is killed. */
const KILLED_AT = [0, 0.01];
const STEP = { use: 'ials', hardMs: 20_000 };
const QUICK = { dims: 8, iterations: 1 };
/** Takes minutes, longer than any machine stands still. */
const SLOW = { dims: 512, iterations: 100, steps: 20 };

/** A server whose model is learned in this way, and another one after it. */
const shopOf = (config: object) =>
  writeShop({
    surfaces: { home: surfaceOf('home', { retrieve: [STEP], score: [STEP], weights: { ials: 1 } }) },
    config: { ...numberEmbedder, train: [{ use: 'ials', config }, { use: 'item-knn' }] },
  });

const ask = (gateway: Gateway): Promise<SlateAnswer> =>
  gateway.slate({ surface: 'home', userId: 'u3', limit: 10, explain: true });
const train = async (gateway: Gateway, use = 'ials'): Promise<string> =>
  (await gateway.expect<{ jobId: string }>('POST', '/v1/jobs', { type: 'train', use: [use] })).jobId;
const cancel = (gateway: Gateway, job: string) => gateway.call<JobAnswer>('DELETE', `/v1/jobs/${job}`);
/** Resolves once so much of the job is done. */
const underWay = (gateway: Gateway, job: string, share = 0): Promise<void> =>
  until('the training to be under way', async () => {
    const { state, progress } = await gateway.job(job);
    return state === 'active' && progress.done / Math.max(1, progress.total) >= share;
  });

describe('a training that is ended', () => {
  const { config, data } = shopOf(QUICK);
  const slow = { config: shopOf(SLOW).config, data };
  const models = (): Readonly<Record<string, string>> =>
    folderState(join(data, 'tenants', 'default', 'artifacts', 'ials'));
  let before: ReturnType<typeof models>;
  let slate: readonly string[];
  let gateway: Gateway;

  /** That nothing of the training is left, and slates are as they were. */
  async function expectUntouched(): Promise<void> {
    expect(models()).toEqual(before);
    const served = await ask(gateway);
    expect([served.degraded, idsOf(served)]).toEqual([[], slate]);
  }

  beforeAll(async () => {
    const first = await startGateway({ config, data });
    await first.putItems(RING_ITEMS);
    await first.send(...RING_PURCHASES);
    await first.completed(await train(first));
    slate = idsOf(await ask(first));
    before = models();
    expect(slate).toHaveLength(10);
    expect(Object.keys(before)).toHaveLength(2);
    await first.stop();
    gateway = await startGateway(slow);
  });
  afterAll(() => gateway.stop());

  it.each(KILLED_AT)('by kill -9 after %d of it keeps the model there was, and leaves no half file', async (share) => {
    const job = await train(gateway);
    await underWay(gateway, job, share);
    expect(idsOf(await ask(gateway))).toEqual(slate);
    expect((await gateway.stop('SIGKILL')).signal).toBe('SIGKILL');
    expect(models()).toEqual(before);
    gateway = await startGateway(slow);
    await expectUntouched();
    expect(await gateway.job(job)).toMatchObject({
      state: 'failed',
      error: expect.stringMatching(/enqueue it again$/) as string,
    });
  });

  it('by being canceled, while it runs or waits, keeps the model there was', async () => {
    const [active, waiting] = [await train(gateway), await train(gateway, 'item-knn')];
    await underWay(gateway, active);
    expect(await train(gateway, 'item-knn')).toBe(waiting);
    for (const job of [waiting, active])
      expect(await cancel(gateway, job)).toMatchObject({ status: 200, body: { state: 'canceled' } });
    for (const job of [waiting, active]) expect((await gateway.job(job)).state).toBe('canceled');
    expect(await cancel(gateway, active)).toMatchObject({ status: 409, body: { code: 'JOB_NOT_CANCELABLE' } });
    const { jobs } = await gateway.expect<{ jobs: readonly JobAnswer[] }>('GET', '/v1/jobs');
    const newest = jobs.slice(0, 2).map(({ id }) => id);
    expect(newest.toSorted()).toEqual([active, waiting].toSorted());
    await expectUntouched();
  });

  it('by a server that ends in order is canceled, and the next one learns', async () => {
    const job = await train(gateway);
    await underWay(gateway, job);
    const last = { id: 'last-words', type: 'purchase', userId: 'u3', itemId: RING_ITEMS[0]!.id };
    await gateway.send(last);
    expect((await gateway.stop('SIGTERM')).code).toBe(0);
    expect(existsSync(join(data, 'owner.lock'))).toBe(false);
    gateway = await startGateway({ config, data });
    expect((await gateway.job(job)).state).toBe('canceled');
    expect(await gateway.send(last)).toMatchObject({ duplicates: 1 });
    expect(models()).toEqual(before);
    await gateway.completed(await train(gateway));
    expect(Object.keys(models())).toHaveLength(3);
    expect((await ask(gateway)).degraded).toEqual([]);
  });
});
