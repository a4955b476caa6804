import type { LoggedSlate, SlateAnswer } from '@attune/sdk';
import type { AttributionAnswer } from './calls/attribution.js';
import { gatewayForAll } from './testing/test-gateway.js';
import { TEST_NOW } from './testing/test-platform.js';

const gateway = gatewayForAll();
const { call } = gateway;

const COUNT = 30;

beforeAll(async () => {
  const items = Array.from({ length: COUNT }, (_, i) => ({ id: `i${i}`, title: `Teapot ${i}` }));
  await call('POST', '/v1/items', { items });
  const events = items.map(({ id }) => ({ id: `sale of ${id}`, type: 'purchase', userId: 'crowd', itemId: id }));
  await call('POST', '/v1/events', { events });
});

const rows = async (query: string) => (await call('GET', `/v1/attribution${query}`)).json<AttributionAnswer>().rows;

/** Value of a gauge with exactly these labels. */
async function gauge(kind: string, labels: Readonly<Record<string, string>>): Promise<number | undefined> {
  const { text } = await call('GET', '/metrics');
  const lines = text.split('\n').filter((line) => line.startsWith(`attune_attributed_${kind}{`));
  const wanted = Object.entries({ tenant: 'default', ...labels }).map(([name, value]) => `${name}="${value}"`);
  const line = lines.find((one) => wanted.every((label) => one.includes(label)));
  return line === undefined ? undefined : Number(line.split(' ').at(-1));
}

let events = 0;
const did = (type: string, slateId: string, itemIds: readonly string[]) => ({
  ...{ id: `deed ${++events}`, type, userId: 'ann', slateId, itemIds },
});

it('is the same by API and in metrics, by surface, position and pipeline', async () => {
  const ask = async (path: string, body: object): Promise<SlateAnswer> =>
    (await call('POST', path, body)).json<SlateAnswer>();
  const home = await ask('/v1/recommendations', { surface: 'home', limit: COUNT });
  const found = await ask('/v1/search', { query: 'teapot', limit: 2 });
  const at = (slate: SlateAnswer, ...ranks: number[]) => ranks.map((rank) => slate.items[rank - 1]!.id);
  const deeds = [
    did('click', home.slateId, at(home, 1, 25, 28)),
    did('view', home.slateId, at(home, 1)),
    did('add_to_cart', home.slateId, at(home, 25)),
    did('purchase', home.slateId, at(home, 25)),
    did('impression', found.slateId, at(found, 2)),
    did('click', found.slateId, at(found, 2)),
  ];
  expect((await call('POST', '/v1/events', { events: deeds })).json()).toMatchObject({ accepted: 6 });

  expect(await rows('?by=surface')).toMatchObject([
    {
      ...{ surface: 'home', slates: 1, impressions: COUNT, clicks: 3, carts: 1, purchases: 1 },
      ...{ ctr: { value: 3 / COUNT }, conversionRate: { value: 1 / COUNT } },
    },
    { surface: 'search', slates: 1, impressions: 1, clicks: 1, ctr: { value: 1 }, conversionRate: { value: 0 } },
  ]);
  const byPosition = await rows('?by=position&surface=home');
  expect(byPosition.map(({ position, clicks }) => [position, clicks])).toEqual(
    Array.from({ length: COUNT }, (_, i) => [i + 1, [1, 25, 28].includes(i + 1) ? 1 : 0]),
  );
  const { digest } = home.pipeline;
  expect(await rows('?by=pipeline&surface=home')).toMatchObject([{ pipeline: digest, clicks: 3 }]);

  const place = { surface: 'home', pipeline: digest };
  expect(await gauge('clicks', { ...place, position: '1' })).toBe(1);
  expect(await gauge('clicks', { ...place, position: '2' })).toBe(0);
  // What is further down than 20 is one place.
  expect(await gauge('impressions', { ...place, position: '21+' })).toBe(COUNT - 20);
  for (const [kind, count] of [['clicks', 2] as const, ['carts', 1] as const, ['purchases', 1] as const])
    expect(await gauge(kind, { ...place, position: '21+' })).toBe(count);
  const search = { surface: 'search', pipeline: found.pipeline.digest };
  expect(await gauge('impressions', { ...search, position: '1' })).toBe(0);
  expect(await gauge('impressions', { ...search, position: '2' })).toBe(1);
});

it('tells five pipelines of a surface apart in metrics, all of them by API', async () => {
  const { attribution } = gateway.tenant.slates;
  for (let pipeline = 1; pipeline <= 8; pipeline++)
    for (let n = 0; n < pipeline; n++) attribution.record(shown(`of ${pipeline} ${n}`, `pipeline-${pipeline}`));
  expect((await rows('?by=pipeline&surface=offers')).map(({ impressions }) => impressions)).toEqual([
    1, 2, 3, 4, 5, 6, 7, 8,
  ]);
  const of = (pipeline: string) => gauge('impressions', { surface: 'offers', pipeline, position: '1' });
  expect([await of('pipeline-8'), await of('pipeline-4'), await of('pipeline-3'), await of('other')]).toEqual([
    8,
    4,
    undefined,
    1 + 2 + 3,
  ]);
});

const shown = (slateId: string, digest: string): LoggedSlate => ({
  ...{ slateId, digest, surface: 'offers', at: new Date(TEST_NOW).toISOString(), request: {}, items: ['i1'] },
  ...{ scores: [1], propensities: [1], total: 1, sampled: [], degraded: [] },
});
