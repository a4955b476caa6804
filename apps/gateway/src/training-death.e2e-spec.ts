import { join } from 'node:path';
import { idsOf, type SlateAnswer } from './testing/answers.js';
import { surfaceOf } from './testing/every-plugin.shop.js';
import { folderState } from './testing/folder-state.js';
import { until } from './testing/http.client.js';
import { numberEmbedder } from './testing/number-shop.js';
import { RING_ITEMS, RING_PURCHASES } from './testing/ring.shop.js';
import { writeShop } from './testing/scratch.js';
import { startGateway, type Gateway } from './testing/start-gateway.js';

/** Parts of the training that are done when it is killed. */
const KILLED_AT = [0, 0.05];
const STEP = { use: 'bpr', hardMs: 5_000 };

/** A server whose model takes so many passes to learn; a thousand take far longer than this test. */
const shopOf = (passes: number) =>
  writeShop({
    surfaces: { home: surfaceOf('home', { retrieve: [STEP], score: [STEP], weights: { bpr: 1 } }) },
    config: { ...numberEmbedder, train: [{ use: 'bpr', config: { dims: 512, passes } }] },
  });

const ask = (gateway: Gateway): Promise<SlateAnswer> =>
  gateway.slate({ surface: 'home', userId: 'u3', limit: 10, explain: true });
const train = async (gateway: Gateway): Promise<string> =>
  (await gateway.expect<{ jobId: string }>('POST', '/v1/jobs', { type: 'train' })).jobId;

it('a server that is killed while it learns keeps the model it had, leaves no half file, and learns the next time', async () => {
  const { config, data } = shopOf(1);
  const slow = { config: shopOf(1_000).config, data };
  const models = (): Readonly<Record<string, string>> =>
    folderState(join(data, 'tenants', 'default', 'artifacts', 'bpr'));
  const first = await startGateway({ config, data });
  await first.putItems(RING_ITEMS);
  await first.send(...RING_PURCHASES);
  await first.completed(await train(first));
  const slate = idsOf(await ask(first));
  const before = models();
  expect(slate).toHaveLength(10);
  expect(Object.keys(before)).toHaveLength(2);
  await first.stop();

  for (const share of KILLED_AT) {
    const killed = await startGateway(slow);
    const job = await train(killed);
    await until('the training to be under way', async () => {
      const { state, progress } = await killed.job(job);
      return state === 'active' && progress.done / Math.max(1, progress.total) >= share;
    });
    expect(idsOf(await ask(killed))).toEqual(slate);
    expect((await killed.stop('SIGKILL')).signal).toBe('SIGKILL');
    expect(models()).toEqual(before);
    const next = await startGateway(slow);
    const served = await ask(next);
    expect([served.degraded, idsOf(served)]).toEqual([[], slate]);
    expect(await next.job(job)).toMatchObject({ state: 'failed', error: expect.stringMatching(/enqueue it again$/) });
    await next.stop();
    expect(models()).toEqual(before);
  }

  const last = await startGateway({ config, data });
  await last.send({ id: 'more', type: 'purchase', userId: 'u3', itemId: RING_ITEMS[0]!.id });
  await last.completed(await train(last));
  expect(Object.keys(models())).toHaveLength(3);
  expect((await ask(last)).degraded).toEqual([]);
  await last.stop();
}, 180_000);
