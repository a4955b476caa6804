import { Cluster, describeDistributed } from '../testing/cluster.js';
import { recordFault } from '../testing/fault-table.js';
import { allEmbedded, embedding, itemsFound, untilAllEmbedded } from '../testing/found.js';
import { until } from '../testing/http.client.js';
import { numberShop } from '../testing/number-shop.js';
import { Shop } from '../testing/shop.js';
import { slatesDuring } from '../testing/slate-watch.js';
import { manyItems } from '../testing/tiny-shop.js';

const DEATHS = 10;
const ITEMS = 3_000;
const CHUNK = 1_000;
/**
 * What a dead worker had in its hands is given to another after 15 s. A batch over which four died is left out, as if it were
 * to blame; a later look finds its items again, after a minute, then after two and four.
 */
const RECOVERY_MS = 900_000;
/** Each worker that dies embeds a batch of 128, and is then in the middle of the next until it is killed. */
const STUCK = { ATTUNE_E2E_STUCK: '1 200' };

describeDistributed('a worker that is killed in the middle of a batch', () => {
  const cluster = new Cluster(numberShop());
  afterAll(() => cluster.close());

  it(
    `loses nothing, ${DEATHS} times`,
    async () => {
      const gateway = await cluster.gateway();
      const gateways = () => [gateway];
      const shop = new Shop(gateways);
      const items = manyItems(ITEMS);
      for (let from = 0; from < ITEMS; from += CHUNK) await shop.put(items.slice(from, from + CHUNK));
      await shop.send([{ id: 'e1', type: 'purchase', userId: 'u1', itemId: 'i1' }]);
      const asked = { surface: 'home', userId: 'u2', limit: 3 };
      await until('slates', async () => (await gateway.slate(asked)).items.length > 0);
      let lastDeath = 0;
      const seen = await slatesDuring({ gateways, asked }, async () => {
        for (let death = 0; death < DEATHS; death++) {
          const { done } = await embedding(gateway);
          const worker = await cluster.worker(STUCK);
          await until('a batch to be embedded', async () => (await embedding(gateway)).done > done);
          await worker.stop('SIGKILL');
          lastDeath = performance.now();
        }
        expect(await allEmbedded(gateway, ITEMS)).toBe(false);
        await cluster.worker();
        await untilAllEmbedded(gateway, ITEMS, RECOVERY_MS);
      });
      const recoveryMs = performance.now() - lastDeath;
      const found = new Set(await itemsFound(gateway, shop.items));
      expect(found).toEqual(new Set(items.map(({ id }) => id)));
      expect(seen.faults).toEqual([]);
      recordFault({
        fault: `worker killed ${DEATHS} times`,
        acknowledged: shop.items.size,
        found: found.size,
        recoveryMs,
      });
    },
    2 * RECOVERY_MS,
  );
});
