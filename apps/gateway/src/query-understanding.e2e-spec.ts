import { idsOf, type ItemAnswer, type SearchAnswer } from './testing/answers.js';
import { demoFolder } from './testing/scratch.js';
import { startGateway, type Gateway } from './testing/start-gateway.js';

/** What the answer says of the query, as `/docs` has it. */
interface Told {
  readonly text: string;
  readonly rest?: string;
  readonly sort?: string;
  readonly relaxed: readonly string[];
  readonly filters?: readonly { readonly path: string; readonly test: object; readonly text: string }[];
  readonly foreign?: readonly { readonly currency: string }[];
}
type Answer = Omit<SearchAnswer, 'query'> & { readonly query: Told };

let shop: Gateway;
beforeAll(async () => {
  shop = await startGateway({ data: await demoFolder(), demo: true });
});
afterAll(() => shop.stop());

const search = (query: string, more: object = {}): Promise<Answer> =>
  shop.expect<Answer>('POST', '/v1/search', { query, limit: 30, ...more });
const itemsOf = ({ items }: Answer): readonly ItemAnswer[] => items.map(({ item }) => item!);
const valuesOf = ({ attributes = {} }: ItemAnswer, name: string): readonly unknown[] => [attributes[name] ?? []].flat();
const costs = ({ price }: ItemAnswer): number => price!.amount;
const is =
  (...colors: readonly string[]) =>
  (item: ItemAnswer): boolean =>
    colors.some((color) => valuesOf(item, 'color').includes(color));
const of =
  (material: string) =>
  (item: ItemAnswer): boolean =>
    valuesOf(item, 'material').includes(material);
const all =
  (...tests: readonly ((item: ItemAnswer) => boolean)[]) =>
  (item: ItemAnswer): boolean =>
    tests.every((test) => test(item));
const not =
  (test: (item: ItemAnswer) => boolean) =>
  (item: ItemAnswer): boolean =>
    !test(item);
const atMost = (most: number) => (item: ItemAnswer) => costs(item) <= most;
const atLeast = (least: number) => (item: ItemAnswer) => costs(item) >= least;

describe('every item that is shown is what was asked for', () => {
  it.each<[string, (item: ItemAnswer) => boolean, string]>([
    ['red mug under £5', all(is('red'), atMost(5)), 'red mug'],
    ['mugs not red', not(is('red')), 'mugs'],
    ['mug -blue', not(is('blue')), 'mug'],
    ['blue or green bag', is('blue', 'green'), 'blue or green bag'],
    ['glass jar over £3', all(of('glass'), atLeast(3)), 'glass jar'],
    ['candles between £1 and £2', all(atLeast(1), atMost(2)), 'candles'],
    ['wooden heart not white', all(of('wood'), not(is('white'))), 'wooden heart'],
    ['lunch bag, no more than 2 pounds', atMost(2), 'lunch bag'],
    ['ceramic bowl under 1 pound', all(of('ceramic'), atMost(1)), 'ceramic bowl'],
    ['pink or white t-light holder under £1', all(is('pink', 'white'), atMost(1)), 'pink or white t-light holder'],
    ['gifts in the Christmas category', ({ categories = [] }) => categories.includes('Christmas'), 'gifts'],
    ['metal sign not black and not white', all(of('metal'), not(is('black', 'white'))), 'metal sign'],
    ['5英镑以下的 mug', atMost(5), 'mug'],
    ['不要红色的 mug', not(is('red')), 'mug'],
    ['under 50 pence', atMost(0.5), ''],
  ])('%s', async (query, fits, rest) => {
    const answer = await search(query);
    const shown = itemsOf(answer);
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.filter((item) => !fits(item)).map(({ title }) => title)).toEqual([]);
    expect(answer.query).toMatchObject({ rest, relaxed: [] });
    // What a page does with it: its chips are a filter of the caller's, and the words are searched for alone.
    if (rest === '') return;
    const filter = { $and: answer.query.filters!.map(({ path, test }) => ({ [path]: test })) };
    const own = await search(rest, { filter, interpret: false });
    expect(idsOf(own)).toEqual(idsOf(answer));
  });

  it('in the order that was asked for, things of that kind first', async () => {
    const shown = itemsOf(await search('cheapest lunch bag', { limit: 10 }));
    expect(shown.filter(({ title }) => !/lunch/i.test(title) || !/bag/i.test(title))).toEqual([]);
    expect(shown.map(costs)).toEqual([...shown.map(costs)].sort((a, b) => a - b));
  });
});

describe('a query that asks for what there is not', () => {
  it('is told what was given up, and what could not be read', async () => {
    const lantern = await search('red lantern');
    expect([lantern.query.relaxed, lantern.query.filters]).toEqual([['filters'], undefined]);
    expect(lantern.items[0]!.item!.title).toMatch(/lantern/i);
    const dollars = await search('mug under $5');
    expect(dollars.query).toMatchObject({ text: 'mug', foreign: [{ currency: 'USD' }] });
    expect(dollars.query.filters).toBeUndefined();
  });

  it('shows nothing that the caller’s own filter keeps out', async () => {
    const { query, ...answer } = await search('red mug under £1', { filter: { 'price.amount': { $gt: 5 } } });
    expect(answer.items.length).toBeGreaterThan(0);
    expect(answer.items.every(({ item }) => costs(item!) > 5)).toBe(true);
    expect(query.relaxed).toEqual(['filters']);
  });
});

it('a query that says no more than what it is about is searched as before', async () => {
  for (const query of ['lunch bag', 'something to keep drinks warm', 'white hanging heart t-light holder', '85123A']) {
    const { query: told, ...answer } = await search(query);
    const off = await search(query, { interpret: false });
    expect([told, idsOf(answer)]).toEqual([off.query, idsOf(off)]);
    expect(told.rest).toBeUndefined();
  }
});
