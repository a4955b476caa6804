import { idsOf } from './testing/answers.js';
import { Cluster, describeDistributed } from './testing/cluster.js';
import { surfaceOf } from './testing/every-plugin.shop.js';
import { until, type EventSent } from './testing/http.client.js';
import { numberEmbedder } from './testing/number-shop.js';
import { writeShop } from './testing/scratch.js';
import { startGateway, type Gateway } from './testing/start-gateway.js';
import { manyItems } from './testing/tiny-shop.js';

const KINDS = 6;
const OF_A_KIND = 20;
const USERS = 300;
const ITEMS = manyItems(KINDS * OF_A_KIND);
const step = { use: 'text-adapter', hardMs: 5_000 };
const shop = () =>
  writeShop({
    surfaces: { adapted: surfaceOf('adapted', { retrieve: [step], score: [step], weights: { [step.use]: 1 } }) },
    config: {
      ...numberEmbedder,
      // The text of an item tells its kind and nothing else.
      embedders: [{ id: 'text', use: 'numbers', config: { divisor: OF_A_KIND } }],
      train: [{ use: 'text-adapter', index: true, config: { epochs: 60, rate: 0.01, dropout: 0.1 } }],
    },
  });

const kindOf = (id: string): number => Math.floor(Number(id.slice(1)) / OF_A_KIND);
/** Who buys of a kind buys of its partner, whose texts have nothing in common with it. */
const partnerOf = (kind: number): number => (kind % 2 === 0 ? kind + 1 : kind - 1);
const bought = (user: number, nth: 0 | 1): EventSent => ({
  ...{ id: `${user}-${nth}`, type: 'purchase', userId: `u${user}`, at: `2026-10-1${nth}T12:00:00Z` },
  itemId: `i${(nth === 0 ? user % KINDS : partnerOf(user % KINDS)) * OF_A_KIND + ((user * 7 + nth) % OF_A_KIND)}`,
});

/** A new item of a kind: its number lies among theirs, and its text with it. */
const NEW = { id: 'i27.5', title: 'orange fork 27' };

function learnsAndPlaces(open: () => Promise<readonly [ask: Gateway, other: Gateway]>): void {
  let [ask, other]: Gateway[] = [];
  const slateOf = (gateway: Gateway, seed: string) =>
    gateway.slate({ surface: 'adapted', itemIds: [seed], limit: OF_A_KIND + 1, explain: true });
  beforeAll(async () => {
    [ask, other] = await open();
    await ask!.putItems(ITEMS);
    const users = Array.from({ length: USERS }, (_, user) => user);
    await ask!.send(...users.flatMap((user) => [bought(user, 0), bought(user, 1)]));
  });

  it('learns from vectors and purchases, and proposes what goes with a kind instead of what reads alike', async () => {
    expect((await slateOf(ask!, 'i3')).degraded).toContainEqual(
      expect.objectContaining({ plugin: 'text-adapter', code: 'ARTIFACT_MISSING' }),
    );
    const { jobId } = await ask!.expect<{ jobId: string }>('POST', '/v1/jobs', { type: 'train' });
    expect(await ask!.completed(jobId)).toMatchObject({ counts: { ok: 1, failed: 0 } });
    await until('the model', async () => (await slateOf(other!, 'i3')).degraded.length === 0);
    const found = idsOf(await slateOf(other!, 'i3')).slice(0, OF_A_KIND);
    expect(new Set(found.map(kindOf))).toEqual(new Set([partnerOf(0)]));
  });

  it('places an item that nobody has seen as soon as its text is embedded', async () => {
    await ask!.putItems([NEW]);
    const isThere = async (): Promise<boolean> =>
      idsOf(await slateOf(other!, 'i3'))
        .slice(0, OF_A_KIND + 1)
        .includes(NEW.id);
    await until('the new item among its kind', isThere);
  });
}

describe('a space adapted to purchases, in one process', () => {
  let gateway: Gateway;
  learnsAndPlaces(async () => {
    gateway = await startGateway(shop());
    return [gateway, gateway];
  });
  afterAll(() => gateway.stop());
});

describeDistributed('a space adapted to purchases, of two gateways and a worker', () => {
  const cluster = new Cluster(shop());
  learnsAndPlaces(() => cluster.pair());
  afterAll(() => cluster.close());
});
