import { Cluster, describeDistributed } from '../testing/cluster.js';
import { recordFault } from '../testing/fault-table.js';
import { eventsFound, itemsFound, purchasesCounted, untilAllEmbedded } from '../testing/found.js';
import { until, type EventSent, type HttpClient } from '../testing/http.client.js';
import { numberShop } from '../testing/number-shop.js';
import { Shop } from '../testing/shop.js';
import { manyItems } from '../testing/tiny-shop.js';

const ITEMS = manyItems(30);
const USERS = Array.from({ length: 8 }, (_, n) => `u${n}`);
const EVENTS: readonly EventSent[] = Array.from({ length: 1_000 }, (_, n) => ({
  id: `e${n}`,
  type: 'purchase',
  userId: USERS[n % USERS.length]!,
  itemId: ITEMS[n % ITEMS.length]!.id,
}));
const BATCH = 50;

describeDistributed('the same events and items sent to two gateways', () => {
  const cluster = new Cluster(numberShop());
  let gateways: readonly HttpClient[];
  let shops: readonly Shop[];

  beforeAll(async () => {
    gateways = await cluster.pair();
    shops = gateways.map((gateway) => new Shop(() => [gateway]));
  });
  afterAll(() => cluster.close());

  it('at once and again later count once', async () => {
    const receipts = (await Promise.all(shops.map((shop) => shop.put(ITEMS)))).flat();
    expect(receipts.map(({ accepted, stale }) => accepted + stale)).toEqual([ITEMS.length, ITEMS.length]);
    expect(await sendAll()).toBe(EVENTS.length);
    const sent = performance.now();
    await checkAll();
    const recoveryMs = performance.now() - sent;
    // Later, and in other batches.
    expect(await sendAll(7)).toBe(0);
    await Promise.all(shops.map((shop) => shop.put(ITEMS)));
    await checkAll();
    const found = [...(await eventsFound(gateways[1]!, USERS)).values()].filter((times) => times === 1).length;
    const acknowledged = shops[0]!.events.size;
    recordFault({ fault: 'duplicates sent to two gateways', acknowledged, found, recoveryMs });
  });

  /** Everything to both, one after the other with the other's batches in reverse; how many were new, to either. */
  async function sendAll(shift = 0): Promise<number> {
    const moved = [...EVENTS.slice(shift), ...EVENTS.slice(0, shift)];
    const batches = Array.from({ length: EVENTS.length / BATCH }, (_, n) => moved.slice(n * BATCH, (n + 1) * BATCH));
    const orders = [batches, batches.toReversed()];
    const sums = await Promise.all(
      shops.map(async (shop, i) => {
        let accepted = 0;
        for (const batch of orders[i]!) accepted += (await shop.send(batch)).accepted;
        return accepted;
      }),
    );
    return sums.reduce((sum, each) => sum + each, 0);
  }

  async function checkAll(): Promise<void> {
    await untilAllEmbedded(gateways[0]!, ITEMS.length);
    const expected = new Map(EVENTS.map(({ id }) => [id, 1]));
    for (const gateway of gateways) {
      expect(await eventsFound(gateway, USERS)).toEqual(expected);
      expect(
        await itemsFound(
          gateway,
          ITEMS.map(({ id }) => id),
        ),
      ).toEqual(ITEMS.map(({ id }) => id));
      const counts = ITEMS.map(({ id }) => [id, EVENTS.filter(({ itemId }) => itemId === id).length] as const);
      await until('slates to count them', async () => sumOf(await purchasesCounted(gateway)) >= EVENTS.length);
      expect(await purchasesCounted(gateway)).toEqual(new Map(counts));
    }
  }
});

const sumOf = (counts: ReadonlyMap<string, number>): number => [...counts.values()].reduce((sum, one) => sum + one, 0);
