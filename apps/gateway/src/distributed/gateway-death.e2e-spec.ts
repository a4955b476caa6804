import { Cluster, describeDistributed } from '../testing/cluster.js';
import { recordFault } from '../testing/fault-table.js';
import { everythingFound } from '../testing/found.js';
import { until } from '../testing/http.client.js';
import { numberShop } from '../testing/number-shop.js';
import { ShopLoad, SHOP_ITEMS } from '../testing/shop-load.js';
import { Shop } from '../testing/shop.js';
import { slatesDuring } from '../testing/slate-watch.js';
import type { Gateway } from '../testing/start-gateway.js';

const DEATHS = 4;

describeDistributed('a gateway that is killed under load', () => {
  const cluster = new Cluster(numberShop());
  /** Those that live, and the one that has just died; two of them are asked. */
  const gateways: Gateway[] = [];
  const asked = (): readonly Gateway[] => gateways.slice(0, 2);
  const shop = new Shop(asked);

  beforeAll(async () => {
    gateways.push(await cluster.gateway());
    const others = Array.from({ length: DEATHS }, () => cluster.gateway());
    gateways.push(...(await Promise.all(others)));
    await cluster.worker();
    await shop.put(SHOP_ITEMS);
    await shop.send([{ id: 'first', type: 'purchase', userId: 'u0', itemId: SHOP_ITEMS[0]!.id }]);
    for (const gateway of gateways)
      await until('slates', async () => (await gateway.slate({ surface: 'home', limit: 1 })).items.length > 0);
  });
  afterAll(() => cluster.close());

  it(`loses and doubles nothing that it or the next one acknowledged, ${DEATHS} times`, async () => {
    let recoveryMs = 0;
    /** Resolves once more events and items are acknowledged. */
    const moreTaken = async (events: number): Promise<void> => {
      const before = [shop.events.size, shop.items.size] as const;
      await until('more', () => shop.events.size >= before[0] + events && shop.items.size > before[1]);
    };
    const seen = await slatesDuring({ gateways: asked, asked: { surface: 'home', userId: 'u1', limit: 5 } }, () =>
      new ShopLoad(shop).during(async () => {
        for (let death = 0; death < DEATHS; death++) {
          await moreTaken(200);
          const killed = performance.now();
          const resent = shop.resent;
          await gateways[0]!.stop('SIGKILL');
          await moreTaken(1);
          recoveryMs = Math.max(recoveryMs, performance.now() - killed);
          await until('the dead one to be asked in vain', () => shop.resent > resent);
          gateways.shift();
        }
      }),
    );
    expect(seen.faults).toEqual([]);
    const acknowledged = shop.events.size + shop.items.size;
    const found = await everythingFound(gateways[0]!, shop);
    recordFault({ fault: `gateway killed ${DEATHS} times under load`, acknowledged, found, recoveryMs });
  });
});
