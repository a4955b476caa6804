import type { SearchAnswer, SlateAnswer } from '@attune/sdk';
import { pipelineSchema } from '@attune/engine';
import { unhurried } from '../testing/pipelines.js';
import { gatewayForAll } from './testing/test-gateway.js';

const gateway = gatewayForAll();
const { call, problem } = gateway;

const DAY = 24 * 3_600_000;
const items = Array.from({ length: 30 }, (_, i) => ({
  id: `t${i}`,
  title: i === 11 ? 'Copper kettle' : `Teapot number ${i}`,
  brand: i % 3 === 0 ? 'Acme' : 'Delft',
  categories: ['kitchen', ...(i % 2 === 0 ? ['gifts'] : [])],
  // Every fifth has no price, every seventh no date.
  ...(i % 5 !== 0 && { price: { amount: (i * 7) % 11, currency: 'EUR' } }),
  ...(i % 7 !== 0 && { publishedAt: new Date(Date.parse('2026-01-01') + ((i * 13) % 17) * DAY).toISOString() }),
  ...(i === 29 && { available: false }),
}));

beforeAll(async () => {
  const { engine } = gateway.tenant;
  // Nothing is drawn in: what is found is what matches.
  const spec = pipelineSchema.parse(
    unhurried({
      surface: 'search',
      retrieve: [{ use: 'lexical', limit: 300 }],
      filter: [{ use: 'where' }, { use: 'availability' }, { use: 'seen' }],
      score: [{ use: 'lexical-match' }, { use: 'repeat-purchase' }],
      rank: { use: 'weighted', config: { 'lexical-match': 1, 'repeat-purchase': { weight: 5, scale: 'none' } } },
      explain: { use: 'matches-query' },
      fallback: { use: 'lexical' },
    }),
  );
  await engine.load([{ spec, locate: () => ({ file: 'search.yaml', line: 1 }) }]);
  await call('POST', '/v1/items', { items });
  const events = ['t20', 't22', 't24'].flatMap((itemId) =>
    [1, 2].map((n) => ({
      id: `${itemId} ${n}`,
      type: 'purchase',
      userId: 'ann',
      itemId,
      at: `2026-11-0${n}T10:00:00Z`,
    })),
  );
  await call('POST', '/v1/events', { events });
});

const search = async (body: object, id = 'one'): Promise<SearchAnswer> =>
  (await call('POST', '/v1/search', body, { 'x-request-id': id })).json<SearchAnswer>();
const ids = ({ items: shown }: SlateAnswer): readonly string[] => shown.map(({ id }) => id);
const matching = items.filter(({ title, id }) => title.startsWith('Teapot') && id !== 't29');

describe('a search', () => {
  it('without personalization is the search of nobody, bit for bit', async () => {
    const asked = { query: 'teapot', limit: 20, explain: true, trace: true };
    const timeless = ({ slateId: _s, tookMs: _t, trace, ...slate }: SearchAnswer) => [
      slate,
      trace!.candidates,
      trace!.notes,
    ];
    const nobody = await search(asked);
    const who = { userId: 'ann', anonymousId: 'cookie', sessionId: 's' };
    expect(timeless(await search({ ...asked, ...who, personalize: 0 }))).toEqual(timeless(nobody));
    expect(ids(await search({ ...asked, ...who }))).not.toEqual(ids(nobody));
    for (const personalize of [-0.1, 1.1, '1', null, 1e9])
      await problem(await call('POST', '/v1/search', { query: 'x', personalize }), 400, 'VALIDATION_FAILED');
  });

  it('counts facets over all that passed, as brute force does, whatever the limit', async () => {
    const filter = { 'price.amount': { $gte: 3 } };
    const { facets, total } = await search({ query: 'teapot', limit: 1, filter, facets: ['brand', 'categories'] });
    const passed = matching.filter(({ price }) => price !== undefined && price.amount >= 3);
    const count = (has: (item: (typeof items)[number]) => boolean) => passed.filter(has).length;
    expect(total).toBe(passed.length);
    expect(facets).toEqual([
      {
        field: 'brand',
        values: [
          { value: 'Delft', count: count(({ brand }) => brand === 'Delft') },
          { value: 'Acme', count: count(({ brand }) => brand === 'Acme') },
        ],
      },
      {
        field: 'categories',
        values: [
          { value: 'kitchen', count: passed.length },
          { value: 'gifts', count: count(({ categories }) => categories.includes('gifts')) },
        ],
      },
    ]);
    expect(await search({ query: 'teapot' })).not.toHaveProperty('facets');
  });

  it('refuses a facet that is not declared', async () => {
    await problem(await call('POST', '/v1/search', { query: 'x', facets: ['attributes.color'] }), 400, 'FACET_UNKNOWN');
    for (const facets of ['brand', [''], [1], Array.from({ length: 21 }, () => 'brand'), { brand: true }])
      await problem(await call('POST', '/v1/search', { query: 'x', facets }), 400, 'VALIDATION_FAILED');
  });

  it.each([
    ['price-asc', (item: (typeof items)[number]) => item.price?.amount ?? Infinity],
    ['price-desc', (item: (typeof items)[number]) => (item.price ? -item.price.amount : Infinity)],
    ['newest', (item: (typeof items)[number]) => (item.publishedAt ? -Date.parse(item.publishedAt) : Infinity)],
  ] as const)('sorts by %s all that passed, equal ones by relevance, those without it last', async (sort, keyOf) => {
    const relevance = ids(await search({ query: 'teapot', limit: 200 }));
    const keys = new Map(items.map((item) => [item.id, keyOf(item)]));
    const expected = relevance
      .map((id, place) => ({ id, place, key: keys.get(id)! }))
      .sort((a, b) => (a.key === b.key ? a.place - b.place : a.key - b.key))
      .map(({ id }) => id);
    const sorted = await search({ query: 'teapot', limit: 200, sort, explain: true });
    expect(ids(sorted)).toEqual(expected);
    expect(sorted.items.map(({ rank }) => rank)).toEqual(expected.map((_, i) => i + 1));
    expect(sorted.items[0]!.reason!.text).toContain('teapot');
    const paged = await search({ query: 'teapot', limit: 3, sort, paging: true });
    const next = await search({ cursor: paged.cursor, limit: 200 });
    expect([...ids(paged), ...ids(next)]).toEqual(expected);
    expect(next).toMatchObject({ total: matching.length, query: { text: 'teapot' } });
  });

  it('mends typos and says so', async () => {
    const { query, items: found } = await search({ query: 'coper ketle' });
    expect(query).toMatchObject({
      text: 'copper kettle',
      typed: 'coper ketle',
      corrected: 'copper kettle',
      relaxed: ['spelling'],
    });
    expect(found[0]!.id).toBe('t11');
    expect((await search({ query: 'copper kettle' })).query).toEqual({
      text: 'copper kettle',
      intent: 'navigational',
      relaxed: [],
    });
  });

  it('relaxes a query whose words nothing that may be shown has, never the filter', async () => {
    const { query, items: found } = await search({ query: 'kettle teapot', filter: { brand: 'Acme' } });
    expect(query.relaxed).toEqual([]);
    const lost = await search({ query: 'kettle', filter: { brand: 'Acme' } });
    expect(lost.query.relaxed).toEqual(['meaning']);
    expect(found.length).toBeGreaterThan(0);
    expect([...found, ...lost.items].every(({ item }) => item!.brand === 'Acme')).toBe(true);
  });

  it('takes queries of up to 1,000 characters', async () => {
    const ask = (length: number) => call('POST', '/v1/search', { query: 'x'.repeat(length) });
    expect((await ask(1000)).status).toBe(200);
    await problem(await ask(1001), 400, 'VALIDATION_FAILED');
  });

  it.each([
    '{"query":""}',
    '{"query":7}',
    '{"query":"x","sort":"price"}',
    '{"query":"x","language":"not a language"}',
    '{"query":"x","artifacts":{"../x":"00000000"}}',
    '{"query":"x","artifacts":{"ease":"../../x"}}',
    '{"query":"x","paging":"yes"}',
    '{"query":"x","limit":0}',
    '{"query":"x","limit":-1}',
    '{"query":"x","limit":1e9}',
  ])('refuses %s', async (body) => {
    await problem(await call('POST', '/v1/search', body), 400, 'VALIDATION_FAILED');
  });

  it.each(['(a+)+$', '💥🔥', '\\u0000\\u0000', '   ', '<script>alert(1)</script>', '商品 茶壶'])(
    'takes %j for words',
    async (query) => {
      const answer = await call('POST', '/v1/search', { query });
      expect([200, answer.text.slice(0, 80)]).toEqual([answer.status, answer.text.slice(0, 80)]);
    },
  );
});
