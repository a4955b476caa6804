import { Cluster, describeDistributed } from '../testing/cluster.js';
import { recordFault } from '../testing/fault-table.js';
import { allEmbedded, everythingFound, historiesHold, itemsFound, LOOK_PAUSE_MS } from '../testing/found.js';
import { until } from '../testing/http.client.js';
import { numberShop } from '../testing/number-shop.js';
import { hasRedisServer, OwnRedis } from '../testing/own.redis.js';
import { SHOP_ITEMS, ShopLoad } from '../testing/shop-load.js';
import { Shop } from '../testing/shop.js';
import { slatesDuring } from '../testing/slate-watch.js';
import type { Gateway } from '../testing/start-gateway.js';
import { manyItems } from '../testing/tiny-shop.js';

const LOSSES = 2;
/** While slates are looked at: so that a machine of two cores has time for them. */
const PAUSE_MS = 150;
const describeWithRedis = hasRedisServer() ? describeDistributed : missingRedis;

function missingRedis(name: string): void {
  describe(name, () => it.skip('needs the program redis-server on the path', () => undefined));
}

describeWithRedis('a Redis that is killed and comes back empty', () => {
  const gateways: Gateway[] = [];
  const shop = new Shop(() => gateways);
  let redis: OwnRedis;
  let cluster: Cluster;
  /** No while jobs cannot be listed. */
  const isEmbedded = (): Promise<boolean> => allEmbedded(gateways[0]!, shop.items.size).catch(() => false);
  const hasJob = (): Promise<boolean> =>
    gateways[0]!.expect<{ readonly jobs: readonly object[] }>('GET', '/v1/jobs').then(
      ({ jobs }) => jobs.length > 0,
      () => false,
    );
  const untilEmbedded = (): Promise<void> => until('all to be embedded', isEmbedded, { pauseMs: LOOK_PAUSE_MS });

  beforeAll(async () => {
    redis = await OwnRedis.start();
    cluster = new Cluster({ ...numberShop(), services: { redis: redis.url } });
    gateways.push(...(await cluster.pair()));
    await shop.put(SHOP_ITEMS);
    await shop.send([{ id: 'first', type: 'purchase', userId: 'u0', itemId: SHOP_ITEMS[0]!.id }]);
    for (const gateway of gateways)
      await until('slates', async () => (await gateway.slate({ surface: 'home', limit: 1 })).items.length > 0);
  });
  afterAll(async () => {
    await cluster.close();
    await redis.kill();
  });

  it('costs nothing that was acknowledged, and no slate', async () => {
    let recoveryMs = 0;
    const moreTaken = async (what: 'events' | 'items'): Promise<void> => {
      const before = shop[what].size;
      await until(`more ${what}`, () => shop[what].size > before + 100);
    };
    const load = new ShopLoad(shop);
    const loseOnce = async (): Promise<void> => {
      let killed = 0;
      load.pauseMs = 0;
      await load.during(async () => {
        await moreTaken('events');
        await redis.kill();
        killed = performance.now();
        const resent = shop.resent;
        await until('events to be refused', () => shop.resent > resent);
        // The catalogue is kept elsewhere: it is taken all the same.
        await moreTaken('items');
        await redis.start();
        load.pauseMs = PAUSE_MS;
        for (const gateway of gateways) await historiesHold(gateway, shop);
        await moreTaken('events');
      });
      await untilEmbedded();
      recoveryMs = Math.max(recoveryMs, performance.now() - killed);
    };
    const asked = { surface: 'home', userId: 'u1', limit: 5 };
    const seen = await slatesDuring({ gateways: () => gateways, asked }, async () => {
      for (let loss = 0; loss < LOSSES; loss++) await loseOnce();
    });
    expect(seen.faults).toEqual([]);
    const acknowledged = shop.events.size + shop.items.size;
    for (const gateway of gateways) expect(await everythingFound(gateway, shop)).toBe(acknowledged);
    recordFault({ fault: 'Redis killed and empty', acknowledged, found: acknowledged, recoveryMs });
  });

  it('loses no item to embed, though it loses every job', async () => {
    const items = manyItems(300).map(({ id, title }) => ({ id: `late-${id}`, title }));
    await redis.kill();
    expect(await shop.put(items)).toMatchObject({ accepted: items.length });
    const killed = performance.now();
    await redis.start();
    // Nothing more is sent: a worker finds by itself what there is to do, when it looks once a minute.
    await until('a worker to look', hasJob, { pauseMs: LOOK_PAUSE_MS });
    await untilEmbedded();
    const recoveryMs = performance.now() - killed;
    const found = (await itemsFound(gateways[0]!, shop.items)).length;
    recordFault({ fault: 'Redis killed with jobs to come', acknowledged: shop.items.size, found, recoveryMs });
    expect(found).toBe(shop.items.size);
  });
});
