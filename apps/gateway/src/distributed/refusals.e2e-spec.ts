import { Cluster, describeDistributed, serviceUrl } from '../testing/cluster.js';
import { recordFault } from '../testing/fault-table.js';
import { FaultProxy } from '../testing/fault.proxy.js';
import { eventsFound, itemsFound } from '../testing/found.js';
import { until, type EventSent, type HttpAnswer } from '../testing/http.client.js';
import { writeShop } from '../testing/scratch.js';
import { Shop } from '../testing/shop.js';
import { slatesDuring } from '../testing/slate-watch.js';
import type { Gateway } from '../testing/start-gateway.js';
import { TINY_ITEMS, TINY_USERS, tinyBatch, tinySurface } from '../testing/tiny-shop.js';

const BATCHES = 20;
/** More rows at once than a gateway takes: it stores 20,000 at a time. */
const FLOOD = { batches: 30, rows: 1_000 };
const TOO_MANY = FLOOD.batches - 20;
const ASKED = { surface: 'home', userId: 'u0', seen: 'include', limit: 5 } as const;

describeDistributed('an Elasticsearch that refuses', () => {
  const { config } = writeShop({ surfaces: { home: tinySurface('home') }, config: { train: [] } });
  const cluster = new Cluster({ config });
  let proxy: FaultProxy;
  let gateway: Gateway;
  let shop: Shop;

  beforeAll(async () => {
    proxy = await FaultProxy.before(serviceUrl('elasticsearch'));
    gateway = await cluster.gateway({ ELASTICSEARCH_URL: proxy.url });
    shop = new Shop(() => [gateway]);
    await shop.put(TINY_ITEMS);
    await shop.send(tinyBatch('before', 0));
    await until('a slate', async () => (await gateway.slate(ASKED)).items.length > 0);
  });
  afterAll(async () => {
    proxy.close();
    await cluster.close();
  });

  it.each([429, 503])('with %i: writes are refused with Retry-After, slates go on, nothing is lost', async (status) => {
    let passedAt = 0;
    const { resent } = shop;
    const seen = await slatesDuring({ gateways: () => [gateway], asked: ASKED }, async () => {
      const sending = Array.from({ length: BATCHES }, (_, batch) => shop.send(tinyBatch(`s${status}`, batch)));
      proxy.fault = { status };
      const putting = shop.put([{ ...TINY_ITEMS[0], id: `during-${status}` }]);
      for (const [path, body] of [
        ['/v1/events', { events: tinyBatch(`refused${status}`, 0) }],
        ['/v1/items', { items: [{ id: 'never', title: 'Never' }] }],
      ] as const) {
        const { status: answered, headers } = await gateway.call('POST', path, body);
        expect([path, answered, headers.get('retry-after')]).toEqual([path, 503, '5']);
      }
      await until('some to be sent again', () => shop.resent > resent + BATCHES);
      proxy.fault = 'pass';
      passedAt = performance.now();
      await Promise.all([...sending, putting]);
    });
    const recoveryMs = performance.now() - passedAt;
    expect(seen.faults).toEqual([]);
    const times = await eventsFound(gateway, TINY_USERS);
    const once = [...shop.events.keys()].filter((id) => times.get(id) === 1);
    expect(once.length).toBe(shop.events.size);
    const items = await itemsFound(gateway, shop.items);
    expect(new Set(items)).toEqual(shop.items);
    const acknowledged = shop.events.size + shop.items.size;
    const found = once.length + items.length;
    recordFault({ fault: `Elasticsearch answers ${status}`, acknowledged, found, recoveryMs });
  });

  it('and is slow: who sends too much is asked to wait, and all of it is there in the end', async () => {
    const batches = Array.from({ length: FLOOD.batches }, (_, batch) =>
      Array.from({ length: FLOOD.rows }, (_, n): EventSent => ({
        ...{ id: `flood-${batch}-${n}`, type: 'view', userId: `flooder${batch}` },
        itemId: TINY_ITEMS[n % TINY_ITEMS.length]!.id,
      })),
    );
    let refused: HttpAnswer<{ code?: string }>[] = [];
    const busy = () => refused.filter(({ status }) => status === 429);
    // A machine so slow that the first gave up, and made room, before the last had come: once more.
    await until('a flood none of which waited too long', async () => {
      refused = [];
      let pass: () => void = () => undefined;
      proxy.fault = { until: new Promise<void>((resolve) => (pass = resolve)) };
      const sending = batches.map(async (events) => {
        const answer = await gateway.call<{ code?: string }>('POST', '/v1/events', { events });
        if (answer.status >= 300) refused.push(answer);
        if (busy().length === TOO_MANY) pass();
      });
      await Promise.all(sending);
      for (const { status, headers, body } of refused)
        expect([status, headers.get('retry-after'), body.code]).toEqual(
          status === 503 ? [503, '5', 'NOT_DURABLE'] : [429, '1', 'TOO_BUSY'],
        );
      return busy().length === refused.length;
    });
    expect(busy()).toHaveLength(TOO_MANY);
    proxy.fault = 'pass';
    const startedAt = performance.now();
    for (const events of batches) await shop.send(events);
    const recoveryMs = performance.now() - startedAt;
    const times = await eventsFound(
      gateway,
      batches.map((_, batch) => `flooder${batch}`),
    );
    const once = [...times.values()].filter((count) => count === 1).length;
    const acknowledged = FLOOD.batches * FLOOD.rows;
    expect([once, times.size]).toEqual([acknowledged, acknowledged]);
    recordFault({ fault: 'Elasticsearch is slow', acknowledged, found: once, recoveryMs });
  });
});
