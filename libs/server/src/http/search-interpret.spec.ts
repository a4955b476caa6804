import type { Item, SearchAnswer } from '@attune/sdk';
import { pipelineSchema } from '@attune/engine';
import { unhurried } from '../testing/pipelines.js';
import { salesOf } from './testing/sales.js';
import { gatewayForAll } from './testing/test-gateway.js';

const gateway = gatewayForAll();
const { call } = gateway;

const COLORS = ['red', 'blue', 'white'];
const price = (amount: number, currency = 'GBP'): Item['price'] => ({ amount, currency });
const items: readonly Item[] = [
  ...Array.from({ length: 24 }, (_, i) => ({
    id: `m${i}`,
    title: `Mug number ${i}`,
    brand: i % 2 === 0 ? 'Acme' : 'Norrland',
    price: price(i + 1),
    attributes: { color: COLORS[i % 3]! },
  })),
  { id: 'usd', title: 'Mug from afar', price: price(1, 'USD'), attributes: { color: 'red' } },
  { id: 'plain', title: 'Mug without a price' },
  { id: 'lamp', title: 'Reading lamp', brand: 'Acme', price: price(3), attributes: { color: 'white' } },
  { id: 'under', title: 'Under the red sea puzzle', price: price(30), attributes: { color: 'blue' } },
  { id: 'cup', title: '白色马克杯', price: price(60), attributes: { color: 'white' } },
  { id: 'cup2', title: '旅行马克杯', price: price(40), attributes: { color: 'red' } },
];

beforeAll(async () => {
  const spec = pipelineSchema.parse(
    unhurried({
      surface: 'search',
      retrieve: [{ use: 'lexical', limit: 300 }],
      filter: [{ use: 'where' }, { use: 'availability' }, { use: 'seen' }],
      score: [{ use: 'lexical-match' }, { use: 'popularity' }],
      rank: { use: 'weighted', config: { 'lexical-match': 1, popularity: 0.001 } },
      fallback: { use: 'popular' },
    }),
  );
  await gateway.tenant.engine.load([{ spec, locate: () => ({ file: 'search.yaml', line: 1 }) }]);
  await call('POST', '/v1/items', { items });
  const sold = items.filter(({ id }) => id.startsWith('m'));
  await call('POST', '/v1/events', { events: salesOf(sold, { times: (i) => i % 5, buyer: 'b' }) });
});

const search = async (body: object): Promise<SearchAnswer> =>
  (await call('POST', '/v1/search', { limit: 50, ...body })).json<SearchAnswer>();
const itemsOf = ({ items: shown }: SearchAnswer): readonly Item[] => shown.map(({ item }) => item!);
const colorOf = ({ attributes }: Item): unknown => attributes?.['color'];

describe('a search that says more than what it is about', () => {
  it.each<[string, (item: Item) => boolean, string]>([
    ['red mug under £10', (item) => colorOf(item) === 'red' && item.price!.amount <= 10, 'red mug'],
    ['mug not red', (item) => colorOf(item) !== 'red', 'mug'],
    ['mug -blue', (item) => colorOf(item) !== 'blue', 'mug'],
    ['mug by Acme', ({ brand }) => brand === 'Acme', 'mug'],
    ['blue or white mug', (item) => ['blue', 'white'].includes(String(colorOf(item))), 'blue or white mug'],
    ['mug between £5 and £9', (item) => item.price!.amount >= 5 && item.price!.amount <= 9, 'mug'],
    ['mug over £20 not white', (item) => item.price!.amount >= 20 && colorOf(item) !== 'white', 'mug'],
    ['50英镑以下的马克杯', (item) => item.price!.amount <= 50, '马克杯'],
  ])('%s: shows nothing else, and tells what was read', async (query, fits, rest) => {
    const answer = await search({ query });
    const shown = itemsOf(answer);
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.filter((item) => !fits(item))).toEqual([]);
    expect(answer.query).toMatchObject({ text: rest, rest, relaxed: [] });
    for (const { span, text, path, test } of answer.query.filters!) {
      expect(query.slice(...span!)).toBe(text);
      // What a page shows of it is a filter as it stands.
      expect((await search({ query: rest, interpret: false, filter: { [path]: test } })).total).toBeGreaterThan(0);
    }
  });

  it('is searched by its words alone with interpret: false, and where it says nothing', async () => {
    const off = await search({ query: 'red mug under £10', interpret: false });
    expect([off.query.text, off.query.filters, off.query.rest]).toEqual(['red mug under £10', undefined, undefined]);
    expect(itemsOf(off).some((item) => item.price?.amount !== undefined && item.price.amount > 10)).toBe(true);
    const { query: told } = await search({ query: 'mug number' });
    expect([told.filters, told.rest]).toEqual([undefined, undefined]);
  });

  it('joins what it says with the caller’s own filter and what is excluded', async () => {
    const answer = await search({ query: 'red mug', filter: { brand: 'Acme' }, exclude: ['m0'] });
    expect(
      itemsOf(answer)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['m12', 'm18', 'm6']);
  });

  it('counts a price in another currency as no match, and tells one that is asked for', async () => {
    expect(itemsOf(await search({ query: 'mug under £2' })).map(({ id }) => id)).not.toContain('usd');
    const { query } = await search({ query: 'mug under $2' });
    expect(query).toMatchObject({ text: 'mug', foreign: [{ text: 'under $2', currency: 'USD', span: [4, 12] }] });
    expect(query.filters).toBeUndefined();
  });

  it('leaves an item’s own name alone, though it has words of filters', async () => {
    const { query, items: shown } = await search({ query: 'under the red sea puzzle' });
    expect(shown[0]!.id).toBe('under');
    expect(query).toEqual({ text: 'under the red sea puzzle', intent: 'navigational', relaxed: [] });
  });
});

describe('an order that a query says', () => {
  it('is the order of the items with most of its words, the others after', async () => {
    const answer = await search({ query: 'cheapest acme mug' });
    expect(answer.query).toMatchObject({ text: 'acme mug', sort: 'price-asc' });
    const shown = itemsOf(answer);
    const meant = shown.filter(({ brand, id }) => brand === 'Acme' && id !== 'lamp');
    expect(shown.slice(0, meant.length)).toEqual(meant);
    expect(meant.map(({ price: own }) => own!.amount)).toEqual([1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23]);
  });

  it('gives way to the caller’s', async () => {
    const amounts = async (sort: string): Promise<readonly number[]> =>
      itemsOf(await search({ query: 'cheapest mug by Acme', sort })).map((item) => item.price!.amount);
    expect((await amounts('price-desc'))[0]).toBe(23);
    expect((await amounts('relevance')).join()).not.toBe([1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23].join());
  });
});

describe('a search that is filters alone', () => {
  it('shows what sells of what passes, and calls that no makeshift', async () => {
    const answer = await search({ query: 'red under £10' });
    const only = await search({ query: 'under £10' });
    expect(only.query).toEqual({
      text: '',
      typed: 'under £10',
      rest: '',
      relaxed: [],
      filters: [{ path: 'price.amount', test: { $lte: 10 }, text: 'under £10', span: [0, 9] }],
    });
    expect(
      only.items
        .slice(0, 2)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['m4', 'm9']);
    expect(itemsOf(only).every((item) => item.price!.amount <= 10)).toBe(true);
    expect(itemsOf(answer).map(colorOf)).toEqual(itemsOf(answer).map(() => 'red'));
  });
});

describe('what a query says and what leaves nothing', () => {
  it.each([
    ['red mug under £0.10', ['red'], ['filters']],
    ['red lamp', [], ['filters']],
    ['red lamp under £5', ['under £5'], ['filters']],
    ['lamp by Norrland under £5 not red', ['under £5', 'not red'], ['filters']],
    ['red under £0.10', ['red'], ['filters']],
  ])('%s: gives up the least sure first, and tells it', async (query, kept, relaxed) => {
    const answer = await search({ query });
    expect(answer.total).toBeGreaterThan(0);
    expect([answer.query.filters?.map(({ text }) => text) ?? [], answer.query.relaxed]).toEqual([kept, relaxed]);
  });

  it('never gives up the caller’s filter', async () => {
    const answer = await search({ query: 'red mug under £10', filter: { 'price.amount': { $gt: 20 } } });
    expect(itemsOf(answer).every((item) => item.price!.amount > 20)).toBe(true);
    expect(answer.query.relaxed).toEqual(['filters']);
    const none = await search({ query: 'under £10', filter: { id: 'nobody' } });
    expect([none.total, none.query.relaxed, none.query.filters]).toEqual([0, ['filters'], undefined]);
  });
});

describe('why', () => {
  it('accounts for the filter that the query says', async () => {
    const why = async (interpret?: boolean) =>
      (
        await call('POST', '/v1/recommendations/why', { surface: 'search', query: 'red mug', itemId: 'm1', interpret })
      ).json<{
        readonly shown: boolean;
        readonly stage: string;
      }>();
    expect((await why()).stage).toBe('filter');
    expect((await why(false)).stage).not.toBe('filter');
  });
});
