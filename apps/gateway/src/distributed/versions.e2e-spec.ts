import { idsOf } from '../testing/answers.js';
import { Cluster, describeDistributed, serviceUrl } from '../testing/cluster.js';
import { recordFault } from '../testing/fault-table.js';
import { eventsFound } from '../testing/found.js';
import { runToTheEnd } from '../testing/gateway.process.js';
import { until } from '../testing/http.client.js';
import { scratchFolder, writeShop } from '../testing/scratch.js';
import type { Gateway } from '../testing/start-gateway.js';
import { TINY_ITEMS, tinySurface } from '../testing/tiny-shop.js';

type Json = Readonly<Record<string, unknown>>;

/** One call of Elasticsearch itself, as another version of Attune makes it. */
async function elastic<T = Json>(method: string, path: string, body?: object): Promise<T> {
  const content = body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  const response = await fetch(`${serviceUrl('elasticsearch')}/${path}`, { method, ...content });
  const answer = (await response.json()) as T;
  if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
  return answer;
}

const NEWER = 99;
const FUTURE = { future: { type: 'keyword' } };
const MUG = { repairable: true };

describeDistributed('other versions on the same stores', () => {
  const { config } = writeShop({ surfaces: { home: tinySurface('home') }, config: { train: [] } });
  const cluster = new Cluster({ config });
  const items = `${cluster.prefix}-default-items`;
  const events = `${cluster.prefix}-default-events`;
  let before: Gateway;
  let after: Gateway;

  const storedMug = async (): Promise<Json> =>
    (await elastic<{ _source: Json }>('GET', `${items}/_doc/mug?realtime=true`))._source;

  /** A newer version has fields of its own, in the mapping and in what it wrote. */
  async function upgrade(): Promise<void> {
    await elastic('PUT', `${items}/_mapping`, { _meta: { version: NEWER }, properties: FUTURE });
    const named = `_index_template/${events}`;
    const { index_templates: found } = await elastic<{ index_templates: [{ index_template: Json }] }>('GET', named);
    const { index_patterns, priority, template } = found[0].index_template;
    await elastic('PUT', named, { index_patterns, priority, template, version: NEWER });
    const mug = await storedMug();
    const json = JSON.stringify({ ...(JSON.parse(String(mug['json'])) as Json), ...MUG });
    await elastic('PUT', `${items}/_doc/mug?refresh=true`, { ...mug, json, future: ['x'] });
    const { hits } = await elastic<{ hits: { hits: [{ _index: string; _source: Json }] } }>(
      'GET',
      `${events}-*/_search`,
    );
    const [{ _index: index, _source: event }] = hits.hits;
    const newer = { ...(JSON.parse(String(event['json'])) as Json), id: 'e-newer', mood: 'good' };
    const document = { ...event, id: 'e-newer', json: JSON.stringify(newer), future: ['x'] };
    await elastic('PUT', `${index}/_doc/e-newer?refresh=true`, document);
  }

  beforeAll(async () => {
    before = await cluster.gateway();
    await before.expect('POST', '/v1/items', { items: TINY_ITEMS });
    await before.send({ id: 'e-1', type: 'purchase', userId: 'ann', itemId: 'lamp' });
    await until('the event to be searchable', async () => {
      const { count } = await elastic<{ count: number }>('GET', `${events}-*/_count`);
      return count === 1;
    });
    await upgrade();
    after = await cluster.gateway();
  });
  afterAll(() => cluster.close());

  it('what a newer one wrote is served, changed and kept by this one', async () => {
    const asked = { surface: 'home', userId: 'bob', limit: 20 };
    for (const gateway of [before, after])
      await until('the purchase to be counted', async () => idsOf(await gateway.slate(asked)).includes('lamp'));
    expect(await after.expect('GET', '/v1/items/mug')).toMatchObject({ title: 'Porcelain tea mug', ...MUG });
    const price = { amount: 5, currency: 'GBP' };
    expect(await after.expect('PATCH', '/v1/items/mug', { price })).toMatchObject({ price, ...MUG });
    expect(await storedMug()).toMatchObject({ future: ['x'] });
    expect(JSON.parse(String((await storedMug())['json']))).toMatchObject({ price, ...MUG });
    expect((await after.call('PATCH', '/v1/items/mug', { repairable: false })).status).toBe(400);
  });

  it('of an item whose text changes, only the item itself is kept: what is beside it was made of the text', async () => {
    const title = 'Porcelain coffee mug';
    expect(await after.expect('PATCH', '/v1/items/mug', { title })).toMatchObject({ title, ...MUG });
    expect(Object.keys(await storedMug())).not.toContain('future');
  });

  it('events of both are found once, and the newer fields stay declared', async () => {
    await after.send({ id: 'e-2', type: 'purchase', userId: 'ann', itemId: 'mug' });
    const ids = ['e-1', 'e-2', 'e-newer'];
    for (const gateway of [before, after]) {
      const times = await eventsFound(gateway, ['ann']);
      expect([...times].toSorted()).toEqual(ids.map((id) => [id, 1]));
    }
    const { events: exported } = await before.expect<{ events: Json[] }>('GET', '/v1/users/ann/export');
    expect(exported.find(({ id }) => id === 'e-newer')).toMatchObject({ mood: 'good' });
    const mapped = await elastic<Record<string, { mappings: Json }>>('GET', `${items}/_mapping`);
    for (const { mappings } of Object.values(mapped))
      expect(mappings).toMatchObject({ _meta: { version: NEWER }, properties: FUTURE });
    const template = `_index_template/${events}`;
    expect(await elastic('GET', template)).toMatchObject({
      index_templates: [{ index_template: { version: NEWER } }],
    });
    recordFault({
      fault: 'An older gateway beside a newer one',
      acknowledged: ids.length,
      found: exported.length,
      recoveryMs: 0,
    });
  });
});

describeDistributed('an index that was made otherwise', () => {
  const { config } = writeShop({ surfaces: { home: tinySurface('home') } });

  it.each([
    ['a field of another type', { aliases: true }],
    ['the name taken by an index', { aliases: false }],
  ])('(%s) ends the start with one line that says what to do', async (_, { aliases }) => {
    const own = new Cluster({ config });
    const name = `${own.prefix}-default-items`;
    const made = { mappings: { properties: { words: { type: 'keyword' } } } };
    await elastic('PUT', aliases ? `${name}-000001` : name, { ...made, ...(aliases && { aliases: { [name]: {} } }) });
    try {
      const { code, stderr } = await runToTheEnd({
        data: scratchFolder(),
        config,
        env: {
          ELASTICSEARCH_URL: serviceUrl('elasticsearch'),
          REDIS_URL: serviceUrl('redis'),
          ATTUNE_STORE_PREFIX: own.prefix,
        },
      });
      expect(code).toBe(1);
      expect(stderr.trim().split('\n')).toHaveLength(1);
      expect(stderr).toContain(name);
      expect(stderr).toContain('ATTUNE_STORE_PREFIX');
    } finally {
      await own.close();
    }
  });
});
