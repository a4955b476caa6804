import { idsOf } from './testing/answers.js';
import { surfaceOf } from './testing/every-plugin.shop.js';
import { faultsOf } from './testing/ledger.js';
import { numberEmbedder } from './testing/number-shop.js';
import { nextInRing, RING_ITEMS, RING_PURCHASES } from './testing/ring.shop.js';
import { writeShop } from './testing/scratch.js';
import { startGateway, type Gateway } from './testing/start-gateway.js';

const TINY = { dims: 16, window: 10, heads: 1, blocks: 1, epochs: 40 };
/** Models, what their trainers are told, and among how many of the best the next of a ring must be: those that know order know it. */
const MODELS: Readonly<Record<string, { readonly config: object; readonly within: number }>> = {
  bpr: { config: { dims: 16 }, within: 10 },
  'ease-local': { config: { lambda: 20, neighbors: 20 }, within: 10 },
  rp3beta: { config: {}, within: 10 },
  'user-knn': { config: {}, within: 10 },
  transitions: { config: {}, within: 1 },
  'session-knn': { config: {}, within: 1 },
  sasrec: { config: TINY, within: 1 },
  bert4rec: { config: TINY, within: 10 },
  xlnet4rec: { config: TINY, within: 10 },
};
const NAMES = Object.keys(MODELS);
const USER = 3;

const surfaceFor = (use: string): object => {
  const step = { use, hardMs: 5_000 };
  return surfaceOf(use, { retrieve: [step], score: [step], weights: { [use]: 1 } });
};

let shop: Gateway;
const ask = (surface: string) => shop.slate({ surface, userId: `u${USER}`, limit: 10, explain: true, trace: true });

beforeAll(async () => {
  const train = NAMES.map((use) => ({ use, config: MODELS[use]!.config }));
  shop = await startGateway(
    writeShop({
      surfaces: Object.fromEntries(NAMES.map((use) => [use, surfaceFor(use)])),
      config: { ...numberEmbedder, train },
    }),
  );
  await shop.putItems(RING_ITEMS);
  await shop.send(...RING_PURCHASES);
});
afterAll(() => shop.stop());

it('waits for each model', async () => {
  for (const use of NAMES) {
    const { degraded } = await ask(use);
    expect(new Set(degraded.map(({ plugin, code }) => `${plugin} ${code}`))).toEqual(
      new Set([`${use} ARTIFACT_MISSING`]),
    );
  }
});

it('learns each, passes its gate and serves it: those that know order tell what is next', async () => {
  const { jobId } = await shop.expect<{ jobId: string }>('POST', '/v1/jobs', { type: 'train' });
  expect(await shop.completed(jobId)).toMatchObject({ counts: { ok: NAMES.length, failed: 0 } });
  for (const use of NAMES) {
    const slate = await ask(use);
    expect([use, slate.degraded, faultsOf(slate, 10)]).toEqual([use, [], []]);
    expect(Object.keys(slate.items[0]!.contributions!)).toEqual([use]);
    const best = idsOf(slate).slice(0, MODELS[use]!.within);
    expect([use, best]).toEqual([use, expect.arrayContaining([nextInRing(USER)])]);
  }
});
