import { Cluster, describeDistributed } from '../testing/cluster.js';
import { recordFault } from '../testing/fault-table.js';
import { allEmbedded, embedding, itemsFound, untilAllEmbedded } from '../testing/found.js';
import { until } from '../testing/http.client.js';
import { seeded } from '../testing/load.js';
import { numberShop } from '../testing/number-shop.js';
import { Shop } from '../testing/shop.js';
import { slatesDuring } from '../testing/slate-watch.js';
import { manyItems } from '../testing/tiny-shop.js';

// A loss that shows once is a loss: what fails here is not run once more.
jest.retryTimes(0);

const DEATHS = 10;
const ITEMS = 4_000;
const CHUNK = 1_000;
/**
 * What a dead worker had in its hands is given to another after 15 s. A batch over which four died is left out, as if it were
 * to blame; a later look finds its items again, after a minute, then after two and four.
 */
const RECOVERY_MS = 900_000;
/** Every other worker embeds a batch of 128, and is then in the middle of the next until it is killed. */
const STUCK = { ATTUNE_E2E_STUCK: '1 200' };
/** The others are killed wherever they are; on a machine so slow that they came to it, in the middle of their fifth batch. */
const FREE = { ATTUNE_E2E_STUCK: '1 600' };
const FREE_MS = 50;
const SEED = 20111209;

describeDistributed('a worker that is killed while it embeds', () => {
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
      const random = seeded(SEED);
      let lastDeath = 0;
      const seen = await slatesDuring({ gateways, asked }, async () => {
        for (let death = 0; death < DEATHS; death++) {
          const { done } = await embedding(gateway);
          const isFree = death % 2 === 1;
          const worker = await cluster.worker(isFree ? FREE : STUCK);
          await until('a batch to be embedded', async () => (await embedding(gateway)).done > done);
          if (isFree) await new Promise((resolve) => setTimeout(resolve, FREE_MS * random()));
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
