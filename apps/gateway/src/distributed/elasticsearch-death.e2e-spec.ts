import { Cluster, describeDistributed } from '../testing/cluster.js';
import { recordFault } from '../testing/fault-table.js';
import { eventsFound, itemsFound } from '../testing/found.js';
import { until, type EventSent } from '../testing/http.client.js';
import { OwnElasticsearch } from '../testing/own-elasticsearch.js';
import { writeShop } from '../testing/scratch.js';
import { Shop } from '../testing/shop.js';
import { slatesDuring } from '../testing/slate-watch.js';
import { TINY_ITEMS, tinySurface } from '../testing/tiny-shop.js';

const POSTERS = 2;
const ROWS = 200;
const USERS = Array.from({ length: 20 }, (_, n) => `u${n}`);
const ASKED = { surface: 'home', userId: 'u0', seen: 'include', limit: 5 } as const;

const eventsOf = (run: string): readonly EventSent[] =>
  Array.from({ length: ROWS }, (_, n) => ({
    ...{ id: `${run}-${n}`, type: 'purchase', userId: USERS[n % USERS.length]! },
    itemId: TINY_ITEMS[n % TINY_ITEMS.length]!.id,
  }));
const itemsOf = (run: string): readonly { readonly id: string; readonly title: string }[] =>
  Array.from({ length: ROWS }, (_, n) => ({ id: `${run}-${n}`, title: `Item ${n} of ${run}` }));

describeDistributed('an Elasticsearch that is killed while it stores', () => {
  const { config } = writeShop({ surfaces: { home: tinySurface('home') }, config: { train: [] } });
  let elasticsearch: OwnElasticsearch;
  let cluster: Cluster;

  beforeAll(async () => {
    elasticsearch = await OwnElasticsearch.start();
    cluster = new Cluster({ config, services: { elasticsearch: elasticsearch.url } });
  });
  afterAll(async () => {
    await cluster?.close();
    await elasticsearch?.stop();
  });

  it('loses nothing it acknowledged, and slates go on meanwhile', async () => {
    const gateway = await cluster.gateway();
    const shop = new Shop(() => [gateway]);
    await shop.put(TINY_ITEMS);
    await shop.send(eventsOf('before'));
    await until('a slate', async () => (await gateway.slate(ASKED)).items.length > 0);
    let isOver = false;
    let killedAt = 0;
    const post = async (poster: number): Promise<void> => {
      for (let n = 0; !isOver; n++) {
        await shop.send(eventsOf(`e${poster}-${n}`));
        await shop.put(itemsOf(`i${poster}-${n}`));
      }
    };
    const seen = await slatesDuring({ gateways: () => [gateway], asked: ASKED }, async (seenSoFar) => {
      const posting = Array.from({ length: POSTERS }, (_, poster) => post(poster));
      await until('it to be at work', () => shop.items.size > ROWS);
      elasticsearch.kill();
      killedAt = performance.now();
      const { slates, lacking } = seenSoFar;
      await until('some to be sent again', () => shop.resent > POSTERS);
      // One of them may have been under way.
      const tell = (): boolean => seenSoFar.slates > slates + 1 && seenSoFar.lacking > lacking + 1;
      await until('slates that tell what they lack', tell);
      await elasticsearch.startAgain();
      isOver = true;
      await Promise.all(posting);
    });
    const recoveryMs = performance.now() - killedAt;
    expect(seen.faults).toEqual([]);
    const times = await eventsFound(gateway, USERS);
    const once = [...shop.events.keys()].filter((id) => times.get(id) === 1);
    expect([once.length, times.size]).toEqual([shop.events.size, shop.events.size]);
    const items = await itemsFound(gateway, shop.items);
    expect(items.length).toBe(shop.items.size);
    const acknowledged = shop.events.size + shop.items.size;
    recordFault({ fault: 'Elasticsearch killed', acknowledged, found: once.length + items.length, recoveryMs });
  });
});
