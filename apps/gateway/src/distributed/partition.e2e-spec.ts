import { idsOf } from '../testing/answers.js';
import { Cluster, describeDistributed, serviceUrl } from '../testing/cluster.js';
import { recordFault } from '../testing/fault-table.js';
import { FaultProxy } from '../testing/fault.proxy.js';
import { eventsFound, itemsFound } from '../testing/found.js';
import { until } from '../testing/http.client.js';
import { writeShop } from '../testing/scratch.js';
import { Shop } from '../testing/shop.js';
import { slatesDuring } from '../testing/slate-watch.js';
import type { Gateway } from '../testing/start-gateway.js';
import { TINY_ITEMS, tinyBatch, tinySurface } from '../testing/tiny-shop.js';

const BATCHES = 10;
const ASKED = { surface: 'home', userId: 'u0', seen: 'include', limit: 5 } as const;

describeDistributed('a gateway that is cut off from Elasticsearch', () => {
  const { config } = writeShop({ surfaces: { home: tinySurface('home') }, config: { train: [] } });
  const cluster = new Cluster({ config });
  let proxy: FaultProxy;
  let near: Gateway;
  let far: Gateway;
  const [nearShop, farShop] = [new Shop(() => [near]), new Shop(() => [far])];

  beforeAll(async () => {
    proxy = await FaultProxy.before(serviceUrl('elasticsearch'));
    near = await cluster.gateway();
    far = await cluster.gateway({ ELASTICSEARCH_URL: proxy.url });
    await nearShop.put(TINY_ITEMS);
    await farShop.send(tinyBatch('before', 0));
    for (const gateway of [near, far])
      await until('a slate', async () => (await gateway.slate(ASKED)).items.length > 0);
  });
  afterAll(async () => {
    proxy.close();
    await cluster.close();
  });

  it.each(['hang', 'cut'] as const)('(%s) goes on with slates while the other takes everything', async (mode) => {
    let passedAt = 0;
    const fault = (): void => (mode === 'hang' ? void (proxy.fault = 'hang') : proxy.cut());
    const farSending: Promise<unknown>[] = [];
    const watch = (gateway: Gateway, work: () => Promise<unknown>): ReturnType<typeof slatesDuring> =>
      slatesDuring({ gateways: () => [gateway], asked: ASKED }, work);
    const resent = farShop.resent;
    const work = (async () => {
      for (let batch = 0; batch < BATCHES; batch++) farSending.push(farShop.send(tinyBatch(`far-${mode}`, batch)));
      fault();
      for (let batch = 0; batch < BATCHES; batch++) await nearShop.send(tinyBatch(`near-${mode}`, batch));
      await nearShop.put([{ ...TINY_ITEMS[0], id: `near-${mode}` }]);
      await nearShop.send([{ id: `hide-${mode}`, type: 'hide', userId: `hider-${mode}`, itemId: 'lamp' }]);
      await until('a write of the other to be refused', () => farShop.resent > resent);
      proxy.fault = 'pass';
      passedAt = performance.now();
      await Promise.all(farSending);
    })();
    const seen = await Promise.all([near, far].map((gateway) => watch(gateway, () => work)));
    const recoveryMs = performance.now() - passedAt;
    expect(seen.map(({ faults }) => faults)).toEqual([[], []]);
    const acknowledged = new Map([...nearShop.events, ...farShop.events]);
    const userIds = new Set(Array.from(acknowledged.values(), ({ userId }) => userId!));
    let found = 0;
    for (const gateway of [near, far]) {
      const times = await eventsFound(gateway, userIds);
      const once = [...acknowledged.keys()].filter((id) => times.get(id) === 1);
      expect(once.length).toBe(acknowledged.size);
      found = once.length + nearShop.items.size;
      expect(new Set(await itemsFound(gateway, nearShop.items))).toEqual(nearShop.items);
      expect(idsOf(await gateway.slate({ surface: 'home', userId: `hider-${mode}`, limit: 20 }))).not.toContain('lamp');
    }
    const all = acknowledged.size + nearShop.items.size;
    recordFault({ fault: `Gateway cut off from Elasticsearch (${mode})`, acknowledged: all, found, recoveryMs });
  });
});
