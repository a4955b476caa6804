import { Cluster, describeDistributed } from '../testing/cluster.js';
import { recordFault } from '../testing/fault-table.js';
import { untilAllEmbedded } from '../testing/found.js';
import { until, type HttpClient } from '../testing/http.client.js';
import { seeded } from '../testing/load.js';
import { numberShop } from '../testing/number-shop.js';
import { Shop } from '../testing/shop.js';

const ROUNDS = 60;
/** Numbers of titles, by which items are near each other: those of the raced items and of a probe for each. */
const NUMBERS = 250;
const BEGUN = Date.parse('2026-01-01T00:00:00Z');

interface Version {
  readonly id: string;
  readonly title: string;
  readonly updatedAt: string;
}

/** Version 0, 1 or 2 of the item of a round: newer by a second each, and with another number. */
const versionOf = (round: number, version: number): Version => ({
  id: `raced-${round}`,
  title: `version ${(round * 3 + version) % NUMBERS}`,
  updatedAt: new Date(BEGUN + version * 1_000).toISOString(),
});
const newestOf = (round: number): Version => versionOf(round, 2);

describeDistributed('two gateways that write one item at once', () => {
  const cluster = new Cluster(numberShop());
  let gateways: readonly HttpClient[];
  let shops: readonly Shop[];

  beforeAll(async () => {
    gateways = await cluster.pair();
    shops = gateways.map((gateway) => new Shop(() => [gateway]));
    const probes = Array.from({ length: NUMBERS }, (_, n) => ({ id: `probe-${n}`, title: `probe ${n}` }));
    await shops[0]!.put(probes);
  });
  afterAll(() => cluster.close());

  it(`agree on the newest in ${ROUNDS} rounds`, async () => {
    const random = seeded(6);
    for (let round = 0; round < ROUNDS; round++) {
      // Every other item is there before.
      if (round % 2 === 0) await shops[0]!.put([versionOf(round, 0)]);
      const [newer, older] = random() < 0.5 ? [0, 1] : [1, 0];
      await Promise.all([
        shops[newer!]!.put([newestOf(round)]),
        shops[older!]!.put([versionOf(round, 1)]),
        ...gateways.map((gateway) => gateway.call('GET', `/v1/items/raced-${round}`)),
      ]);
      for (const gateway of gateways)
        await until('the newest to be seen', async () => {
          const { title } = await gateway.expect<Version>('GET', `/v1/items/raced-${round}`);
          return title === newestOf(round).title;
        });
    }
    const written = performance.now();
    await untilAllEmbedded(gateways[0]!, NUMBERS + ROUNDS);
    const recoveryMs = performance.now() - written;
    let found = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const { id, title } = newestOf(round);
      const probe = title.replace('version ', 'probe-');
      for (const gateway of gateways) {
        expect(await gateway.expect('GET', `/v1/items/${id}`)).toMatchObject(newestOf(round));
        expect(await nearest(gateway, id)).toContain(probe);
      }
      found++;
    }
    const fault = 'one item written by two gateways at once';
    recordFault({ fault, acknowledged: ROUNDS, found, recoveryMs });
  });

  it('do not take what is older, however late it comes', async () => {
    for (const [turn, shop] of shops.entries())
      expect(await shop.put([versionOf(turn, 1)])).toMatchObject({ accepted: 0, stale: 1 });
    for (const gateway of gateways) expect(await gateway.expect('GET', '/v1/items/raced-0')).toMatchObject(newestOf(0));
  });
});

/** Items whose vector is that of this item. */
async function nearest(gateway: HttpClient, id: string): Promise<readonly string[]> {
  const asked = { surface: 'near', itemIds: [id], limit: 50, seen: 'include', trace: true } as const;
  const slate = await gateway.slate(asked);
  return slate
    .trace!.candidates.filter(({ proposedBy }) => proposedBy.some(({ score }) => score > 0.99))
    .map((candidate) => candidate.id);
}
