import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { idsOf, type ItemAnswer, type ProblemAnswer, type SlateAnswer } from './testing/answers.js';
import { faultsOf } from './testing/ledger.js';
import { demoFolder } from './testing/scratch.js';
import { startGateway, type Gateway } from './testing/start-gateway.js';

const PRODUCTS = join(__dirname, '..', '..', '..', 'assets', 'online-retail-2011', 'products.csv.gz');
let shop: Gateway;
let catalogue: readonly ItemAnswer[];

beforeAll(async () => {
  shop = await startGateway({ data: await demoFolder(), demo: true });
  const lines = gunzipSync(readFileSync(PRODUCTS)).toString('utf8').trim().split('\n').slice(1);
  const ids = lines.map((line) => line.split(',', 1)[0]!);
  const read = await shop.expect<{ items: readonly ItemAnswer[]; missing: readonly string[] }>(
    'POST',
    '/v1/items/get',
    { ids },
  );
  expect(read.missing).toEqual([]);
  catalogue = read.items;
});
afterAll(() => shop.stop());

const SURFACES = ['home', 'item', 'cart', 'search', 'email'] as const;
const WHO = {
  'a stranger': { userId: 'stranger' },
  nobody: {},
  'a customer with much behind them': { userId: '17850' },
  'another customer': { userId: '12680' },
  'a visitor without a name': { anonymousId: 'cookie-of-surfaces' },
} as const;

/** What each surface is asked with besides who asks. */
const asking = (surface: (typeof SURFACES)[number]): object => ({
  surface,
  ...((surface === 'item' || surface === 'cart') && { itemIds: ['22384', '20725'] }),
  ...(surface === 'search' && { query: 'lunch bag for children' }),
});

describe.each(SURFACES)('surface %s', (surface) => {
  beforeAll(() =>
    shop.send({
      id: 'sf-anonymous',
      type: 'purchase',
      anonymousId: 'cookie-of-surfaces',
      itemIds: ['22383', '85099B'],
    }),
  );

  it.each(Object.entries(WHO))('accounts for every number and every candidate of %s', async (_, who) => {
    for (const [seen, limit] of [
      ['exclude', 10],
      ['include', 60],
    ] as const) {
      const slate = await shop.slate({ ...asking(surface), ...who, surface, seen, limit, explain: true, trace: true });
      expect(faultsOf(slate, limit)).toEqual([]);
      expect(slate).toMatchObject({ surface, degraded: [] });
      expect(slate.items).toHaveLength(limit);
      expect(slate.items.every(({ id, item }) => item?.id === id)).toBe(true);
      expectTimes(slate);
    }
  });
});

function expectTimes({ trace, tookMs }: SlateAnswer): void {
  const stages = trace!.stages;
  expect(stages.map(({ stage }) => stage)).toEqual([
    'gather',
    'retrieve',
    'filter',
    'score',
    'rank',
    'rerank',
    'explain',
  ]);
  const total = stages.reduce((all, { ms }) => all + ms, 0);
  expect(total).toBeGreaterThan(0);
  expect(total).toBeLessThanOrEqual(tookMs + 0.01);
  for (const { stage, plugins } of stages) {
    if (['retrieve', 'filter', 'score', 'rank', 'explain'].includes(stage)) expect(plugins.length).toBeGreaterThan(0);
    for (const { ms } of plugins) expect(ms).toBeGreaterThanOrEqual(0);
  }
}

describe('reasons', () => {
  it.each(SURFACES.flatMap((surface) => Object.keys(WHO).map((who) => [surface, who as keyof typeof WHO] as const)))(
    'on %s %s is given one for every item, in English and in Chinese',
    async (surface, who) => {
      const asked = { ...asking(surface), ...WHO[who], explain: true, limit: 20 };
      const [english, chinese] = await Promise.all([
        shop.slate({ surface, ...asked }),
        shop.slate({ surface, ...asked, locale: 'zh-CN' }),
      ]);
      const textsOf = ({ items }: SlateAnswer): readonly string[] => items.map(({ reason }) => reason?.text ?? '');
      expect(textsOf(english)).not.toContain('');
      expect(textsOf(english).filter((text) => /\p{Script=Han}/u.test(text))).toEqual([]);
      expect(textsOf(chinese).filter((text) => !/\p{Script=Han}/u.test(text))).toEqual([]);
    },
  );

  it.each(['home', 'email', 'cart', 'item'] as const)('on %s point to the customer’s own past', async (surface) => {
    const past = await shop.slate({ surface: 'home', userId: '17850', seen: 'exclude', limit: 1, trace: true });
    const bought = new Set(past.trace!.candidates.flatMap(({ id, filteredBy }) => (filteredBy === 'seen' ? [id] : [])));
    // `buy-again` proposes what was bought; asked for with `seen: include`, it is all there.
    const again = await shop.slate({ surface: 'home', userId: '17850', seen: 'include', limit: 1, trace: true });
    for (const { id, proposedBy } of again.trace!.candidates)
      if (proposedBy.some(({ plugin }) => plugin === 'buy-again')) bought.add(id);
    const { items } = await shop.slate({ ...asking(surface), surface, userId: '17850', limit: 50, explain: true });
    const reasons = items.flatMap(({ reason }) =>
      reason === undefined || reason.evidence.length === 0 ? [] : [reason],
    );
    expect(reasons.length).toBeGreaterThan(0);
    const seeds = (asking(surface) as { itemIds?: readonly string[] }).itemIds ?? [];
    for (const { text, evidence } of reasons) {
      expect(evidence.filter((id) => !bought.has(id) && !seeds.includes(id))).toEqual([]);
      expect(evidence).toHaveLength(1);
      expect(text).toContain(catalogue.find(({ id }) => id === evidence[0])!.title);
    }
  });

  it('are not invented for somebody without a past', async () => {
    const { items } = await shop.slate({ surface: 'home', userId: 'stranger', limit: 50, explain: true });
    expect(items.filter(({ reason }) => reason !== undefined && reason.evidence.length > 0)).toEqual([]);
  });
});

const colors = ({ attributes }: ItemAnswer): readonly unknown[] => [attributes?.['color'] ?? []].flat();
const has = (list: readonly string[] | undefined, ...words: readonly string[]): boolean =>
  words.some((word) => list?.includes(word));

const FILTERS: readonly (readonly [object, (item: ItemAnswer) => boolean])[] = [
  [{ 'price.amount': { $lt: 0.3 } }, ({ price }) => price!.amount < 0.3],
  [{ 'price.amount': { $gte: 10, $lte: 12.5 } }, ({ price }) => price!.amount >= 10 && price!.amount <= 12.5],
  [{ 'attributes.color': 'turquoise' }, (item) => colors(item).includes('turquoise')],
  [
    { 'attributes.color': { $in: ['purple', 'yellow'] } },
    (item) => colors(item).some((color) => color === 'purple' || color === 'yellow'),
  ],
  [
    { $and: [{ 'attributes.color': 'red' }, { 'attributes.color': { $ne: 'white' } }, { 'price.amount': { $gt: 4 } }] },
    (item) => colors(item).includes('red') && !colors(item).includes('white') && item.price!.amount > 4,
  ],
  [{ tags: 'spaceboy' }, ({ tags }) => has(tags, 'spaceboy')],
  [
    { tags: { $in: ['owl', 'cat'] }, 'price.amount': { $lte: 2 } },
    ({ tags, price }) => has(tags, 'owl', 'cat') && price!.amount <= 2,
  ],
  [
    { categories: 'Clothing and travel', $not: { 'price.amount': { $lt: 5 } } },
    ({ categories, price }) => has(categories, 'Clothing and travel') && !(price!.amount < 5),
  ],
  [
    { $or: [{ tags: 'owl' }, { 'price.amount': { $gt: 50 } }], 'attributes.color': { $exists: false } },
    (item) => (has(item.tags, 'owl') || item.price!.amount > 50) && colors(item).length === 0,
  ],
];

describe('a filter', () => {
  it.each(FILTERS)('%j finds in search what a walk over the catalogue finds', async (filter, holds) => {
    const expected = catalogue.filter(holds).map(({ id }) => id);
    expect(expected.length).toBeGreaterThan(0);
    expect(expected.length).toBeLessThanOrEqual(200);
    const found = await shop.search({ query: 'a present', filter, limit: 200, trace: true });
    expect(idsOf(found)).not.toEqual([]);
    expect(idsOf(found).filter((id) => !expected.includes(id))).toEqual([]);
    expect(found.total).toBe(idsOf(found).length);
    const other = await shop.slate({ surface: 'home', userId: '17850', seen: 'include', filter, limit: 200 });
    expect(idsOf(other).filter((id) => !expected.includes(id))).toEqual([]);
    // Filled from what people buy: all but what nobody bought.
    expect(idsOf(other).length).toBeGreaterThanOrEqual(0.9 * expected.length);
  });

  it('on an attribute that is not declared is refused, with the line to add', async () => {
    for (const call of [
      { path: '/v1/search', query: 'mug' },
      { path: '/v1/recommendations', surface: 'home' },
    ]) {
      const { path, ...body } = call;
      const refused = await shop.call<ProblemAnswer>('POST', path, {
        ...body,
        filter: { 'attributes.weight': { $lt: 3 } },
      });
      expect(refused).toMatchObject({ status: 400, body: { code: 'FIELD_NOT_FILTERABLE' } });
      expect(refused.body.detail).toContain('attributes: { "weight": { type: keyword } }');
    }
  });

  it('and exclusions hold together', async () => {
    const [first, second, ...others] = idsOf(await shop.search({ query: 'owl', filter: { tags: 'owl' }, limit: 200 }));
    const exclude = [first!, second!];
    const rest = idsOf(await shop.search({ query: 'owl', filter: { tags: 'owl' }, exclude, limit: 200 }));
    expect(others.length).toBeGreaterThan(3);
    expect(others.filter((id) => !rest.includes(id))).toEqual([]);
    expect(exclude.filter((id) => rest.includes(id))).toEqual([]);
  });
});

describe('similar items', () => {
  it('are like the item, are not the item, and pass the filter', async () => {
    const lunchBag = catalogue.find(({ title }) => /^lunch bag/i.test(title))!;
    const slate = await shop.similar(lunchBag.id, { limit: 10 });
    expect(slate.surface).toBe('item');
    expect(idsOf(slate)).toHaveLength(10);
    expect(idsOf(slate)).not.toContain(lunchBag.id);
    expect(slate.items.filter(({ item }) => /lunch/i.test(item!.title)).length).toBeGreaterThanOrEqual(5);
    const cheap = await shop.similar(lunchBag.id, { limit: 20, filter: { 'price.amount': { $lt: 1 } } });
    expect(cheap.items.length).toBeGreaterThan(0);
    expect(cheap.items.filter(({ item }) => item!.price!.amount >= 1)).toEqual([]);
    expect(await shop.call('GET', '/v1/items/no-such-item/similar')).toMatchObject({
      status: 404,
      body: { code: 'ITEM_NOT_FOUND' },
    });
  });
});
