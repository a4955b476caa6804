import { idsOf } from '../testing/answers.js';
import { Cluster, describeDistributed } from '../testing/cluster.js';
import { surfaceOf } from '../testing/every-plugin.shop.js';
import { until, type EventSent, type HttpClient } from '../testing/http.client.js';
import { writeShop } from '../testing/scratch.js';
import { Shop } from '../testing/shop.js';
import { slatesDuring } from '../testing/slate-watch.js';
import type { Gateway } from '../testing/start-gateway.js';
import { numberEmbedder } from '../testing/number-shop.js';
import { manyItems } from '../testing/tiny-shop.js';

const ITEMS = 400;
const TASTES = 8;
const USERS = 160;
const LIMIT = 10;
const TRAIN = { use: 'ials', config: { dims: 16 }, index: true };
const hardMs = 5_000;
const by = (use: string) =>
  surfaceOf(use, { retrieve: [{ use, hardMs }], score: [{ use, hardMs }], weights: { [use]: 1 } });

/** A user of taste t buys of the items that are t modulo 8, each his own ones. */
const bought = (user: number, nth: number): EventSent => ({
  ...{ id: `${user}-${nth}`, type: 'purchase', userId: `u${user}`, at: `2026-10-${10 + nth}T12:00:00Z` },
  itemId: `i${(user % TASTES) + TASTES * ((user * 7 + nth * 11) % (ITEMS / TASTES))}`,
});

describeDistributed('item factors in the index', () => {
  const surfaces = { ials: by('ials'), 'ials-knn': by('ials-knn') };
  const cluster = new Cluster(writeShop({ surfaces, config: { ...numberEmbedder, train: [TRAIN] } }));
  let [a, b]: Gateway[] = [];
  const gateways = (): readonly Gateway[] => [a!, b!];
  const shop = new Shop(gateways);

  const slateOf = (surface: string, user: number, gateway: HttpClient) =>
    gateway.slate({ surface, userId: `u${user}`, limit: LIMIT, explain: true });
  async function train(): Promise<void> {
    const { jobId } = await a!.expect<{ jobId: string }>('POST', '/v1/jobs', { type: 'train' });
    await a!.completed(jobId);
    for (const gateway of gateways())
      await until('the model', async () => (await slateOf('ials-knn', 1, gateway)).degraded.length === 0);
  }

  beforeAll(async () => {
    [a, b] = [await cluster.gateway(), await cluster.gateway()];
    await cluster.worker();
    await shop.put(manyItems(ITEMS));
    const users = Array.from({ length: USERS }, (_, user) => user);
    await shop.send(users.flatMap((user) => [0, 1, 2, 3, 4].map((nth) => bought(user, nth))));
  });
  afterAll(() => cluster.close());

  it('slates wait for the model, then are those of a process that holds all factors', async () => {
    const before = await slateOf('ials-knn', 1, a!);
    expect(before.degraded).toContainEqual(expect.objectContaining({ plugin: 'ials-knn', code: 'ARTIFACT_MISSING' }));
    await train();
    let same = 0;
    for (let user = 0; user < 40; user++) {
      const [held, indexed] = await Promise.all([slateOf('ials', user, a!), slateOf('ials-knn', user, b!)]);
      expect(indexed.degraded).toEqual([]);
      const scores = new Map(held.items.map(({ id, score }) => [id, score]));
      for (const { id, score } of indexed.items) {
        if (!scores.has(id)) continue;
        same++;
        expect(score).toBeCloseTo(scores.get(id)!, 3);
      }
    }
    expect(same).toBeGreaterThanOrEqual(0.95 * 40 * LIMIT);
  });

  it('what somebody new just bought is folded in at the next gateway', async () => {
    const taste = 3;
    expect(
      (await slateOf('ials-knn', 1_000, b!)).items.every(({ contributions }) => !contributions?.['ials-knn']),
    ).toBe(true);
    await a!.send(...[0, 1].map((nth) => ({ ...bought(taste, nth), id: `new-${nth}`, userId: 'u1000' })));
    const [held, indexed] = await Promise.all([slateOf('ials', 1_000, a!), slateOf('ials-knn', 1_000, b!)]);
    expect(idsOf(indexed)).toHaveLength(LIMIT);
    expect(Number(idsOf(indexed)[0]!.slice(1)) % TASTES).toBe(taste);
    expect(idsOf(indexed).filter((id) => idsOf(held).includes(id)).length).toBeGreaterThanOrEqual(LIMIT - 1);
  });

  it('another training is in use at every gateway without a failed request', async () => {
    const asked = { surface: 'ials-knn', userId: 'u1', limit: LIMIT };
    const digest = async (gateway: HttpClient) => (await gateway.slate(asked)).pipeline.digest;
    const seen = await slatesDuring({ gateways, asked }, async () => {
      for (let round = 0; round < 3; round++) {
        const before = await digest(b!);
        await shop.send([0, 1, 2].map((user) => ({ ...bought(user, 5 + round), id: `round-${round}-${user}` })));
        await train();
        await until('the next model', async () => (await digest(b!)) !== before);
      }
    });
    expect([seen.faults, [...seen.degraded]]).toEqual([[], []]);
    const [held, indexed] = await Promise.all([slateOf('ials', 3, a!), slateOf('ials-knn', 3, b!)]);
    expect(idsOf(indexed).filter((id) => idsOf(held).includes(id)).length).toBeGreaterThanOrEqual(LIMIT - 1);
  });
});
