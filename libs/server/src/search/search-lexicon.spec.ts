import type { Item, StoredEvent } from '@attune/sdk';
import { configSchema } from '../config/config.schema.js';
import { openScratchStores, type ScratchStores } from '../testing/scratch-stores.js';
import { SearchLexicon } from './search-lexicon.js';

const CATALOGUE: readonly Item[] = [
  { id: 'm1', title: 'Paisley mug', categories: ['Mugs'], description: 'A faience drinking vessel' },
  { id: 'l1', title: 'Spaceboy lunch box', categories: ['Lunch boxes'] },
  { id: 'l2', title: 'Dolly girl lunch box', categories: ['Lunch boxes'], brand: 'Lupin' },
  { id: 'l3', title: 'Lupin seeds', categories: ['Garden'], available: false },
];
const config = configSchema.parse({
  embedders: [
    { id: 'text', model: 'a' },
    { id: 'text-zh', model: 'b', languages: ['zh'] },
  ],
  search: { synonyms: [['mug', 'cup']] },
});

let scratch: ScratchStores;
let lexicon: SearchLexicon;
let count = 0;

const openLexicon = (): SearchLexicon =>
  new SearchLexicon({
    tenant: 'default',
    stores: scratch.stores,
    config,
    clock: { now: () => Date.parse('2026-11-21T09:30:00Z'), monotonic: () => 0 },
    warn: (line) => {
      throw new Error(line);
    },
    isWord: (word) => word === 'launch',
  });
const did = (type: string, userId: string, more: Partial<StoredEvent>): StoredEvent =>
  ({ id: `e${++count}`, type, userId, at: '2026-11-02T00:00:00.000Z', ...more }) as StoredEvent;
const searched = (userId: string, query: string): StoredEvent => did('search', userId, { query });
const texts = async (typed: string, userId?: string): Promise<readonly string[]> =>
  (await lexicon.suggest(typed, 8, userId === undefined ? {} : { userId })).map(({ text }) => text);

beforeEach(async () => {
  scratch = await openScratchStores();
  await scratch.stores.items.upsert(CATALOGUE);
  lexicon = openLexicon();
});
afterEach(async () => {
  await lexicon.close();
  await scratch.close();
});

describe('suggestions', () => {
  it('complete from categories, brands and titles that can be had', async () => {
    expect(await lexicon.suggest('lu', 8)).toEqual([
      { text: 'Lunch boxes', kind: 'category' },
      { text: 'Lupin', kind: 'brand' },
      { text: 'Spaceboy lunch box', kind: 'title' },
      { text: 'Dolly girl lunch box', kind: 'title' },
    ]);
    expect(await lexicon.suggest('lunhc bo', 1)).toEqual([
      { text: 'Lunch boxes', kind: 'category', correctedFrom: 'lunhc bo' },
    ]);
    expect((await lexicon.suggest('lunchbox', 1))[0]).toMatchObject({ kind: 'category', correctedFrom: 'lunchbox' });
    expect(await texts('zebra')).toEqual([]);
    await scratch.stores.items.upsert([{ id: 'z', title: '不锈钢保温杯', categories: ['杯子'] }]);
    expect([await texts('保温'), await texts('杯')]).toEqual([['不锈钢保温杯'], ['杯子', '不锈钢保温杯']]);
  });

  it('know the last change of the catalogue', async () => {
    expect(await texts('tea')).toEqual([]);
    await scratch.stores.items.upsert([{ id: 't', title: 'Teapot' }]);
    expect(await texts('tea')).toEqual(['Teapot']);
    await scratch.stores.items.delete(['t']);
    expect(await texts('tea')).toEqual([]);
  });

  it('suggest a query to others once two people used it, to oneself at once', async () => {
    await scratch.stores.events.append([searched('ann', 'lunch for school')]);
    expect(await texts('lun', 'bob')).not.toContain('lunch for school');
    expect(await lexicon.suggest('lun', 1, { userId: 'ann' })).toEqual([{ text: 'lunch for school', kind: 'query' }]);
    await scratch.stores.events.append([searched('bob', 'Lunch for school')]);
    expect((await texts('lun'))[0]).toBe('lunch for school');
    expect((await texts('lun', 'bob')).filter((text) => /school/.test(text))).toEqual(['Lunch for school']);
  });

  it('read past queries from the log', async () => {
    await scratch.stores.events.append([searched('ann', 'picnic'), searched('bob', 'picnic')]);
    await lexicon.close();
    lexicon = openLexicon();
    await lexicon.readPast();
    expect(await texts('pic')).toEqual(['picnic']);
  });

  it('keep the words of those who do not consent, from others and from themselves', async () => {
    await scratch.stores.users.upsert([{ id: 'shy', consent: { profiling: false } }]);
    await scratch.stores.events.append([searched('shy', 'picnic'), searched('bob', 'picnic')]);
    expect([await texts('pic'), await texts('pic', 'shy'), await texts('pic', 'bob')]).toEqual([[], [], ['picnic']]);
    await scratch.stores.users.upsert([{ id: 'shy', consent: { profiling: true } }]);
    await lexicon.consentChanged(['bob', 'shy']);
    expect(await texts('pic')).toEqual(['picnic']);
    await scratch.stores.users.upsert([{ id: 'shy', consent: { profiling: false } }]);
    expect(await texts('pic')).toEqual(['picnic']);
    await lexicon.consentChanged(['shy']);
    expect(await texts('pic')).toEqual([]);
  });

  it('read everything again where somebody may have been forgotten elsewhere', async () => {
    await scratch.stores.events.append([searched('ann', 'picnic'), searched('bob', 'picnic')]);
    await scratch.stores.events.erase('ann');
    expect(await texts('pic')).toEqual(['picnic']);
    await lexicon.forgetAll();
    expect([await texts('pic'), await texts('pic', 'bob')]).toEqual([[], ['picnic']]);
  });

  it('forget people', async () => {
    await scratch.stores.events.append([searched('ann', 'picnic'), searched('bob', 'picnic')]);
    expect(await texts('pic')).toEqual(['picnic']);
    expect(await lexicon.forget({ userIds: ['ann'], anonymousIds: [] })).toBe(1);
    expect([await texts('pic'), await texts('pic', 'ann'), await texts('pic', 'bob')]).toEqual([[], [], ['picnic']]);
  });

  it('find the own queries of an anonymous id that became a user', async () => {
    await scratch.stores.events.append([
      { ...searched('x', 'picnic'), userId: undefined, anonymousId: 'cookie' },
      did('view', 'ann', { itemId: 'm1', anonymousId: 'cookie' }),
    ]);
    expect(await texts('pic', 'ann')).toEqual(['picnic']);
    expect((await lexicon.suggest('pic', 8, { anonymousId: 'cookie' })).map(({ text }) => text)).toEqual(['picnic']);
  });

  it('follow what somebody took up', async () => {
    await scratch.stores.events.append([did('purchase', 'ann', { itemId: 'l2' })]);
    expect((await texts('lu', 'bob'))[0]).toBe('Lunch boxes');
    await scratch.stores.items.upsert([
      { id: 'l4', title: 'Lucky cat', categories: ['Garden'] },
      { id: 'l5', title: 'Lunch tin', categories: ['Lunch boxes'] },
    ]);
    await scratch.stores.events.append(['l4', 'm1', 'm1', 'm1', 'm1'].map((itemId) => did('view', 'eve', { itemId })));
    const order = async (userId: string) => (await texts('lu', userId)).filter((text) => /cat|tin|Dolly/.test(text));
    expect(await order('bob')).toEqual(['Lucky cat', 'Lunch tin', 'Dolly girl lunch box']);
    expect(await order('ann')).toEqual(['Lunch tin', 'Lucky cat', 'Dolly girl lunch box']);
    await scratch.stores.users.upsert([{ id: 'ann', consent: { profiling: false } }]);
    expect(await order('ann')).toEqual(await order('bob'));
  });
});

describe('understanding', () => {
  it.each([
    ['lunhc box', { text: 'lunch box', typed: 'lunhc box', intent: 'category' }],
    ['Spaceboy Lunch Box', { text: 'Spaceboy Lunch Box', intent: 'navigational' }],
    ['lunch boxes', { text: 'lunch boxes', intent: 'category' }],
    ['launch box', { text: 'launch box', intent: 'broad' }],
    ['faience vessels', { text: 'faience vessels', intent: 'broad' }],
    ['paisly mugs', { text: 'paisley mugs', typed: 'paisly mugs', intent: 'navigational', synonyms: ['cup'] }],
    ['保温杯', { text: '保温杯', intent: 'broad', space: 'text-zh' }],
    ['', { text: '', intent: 'broad' }],
  ])('%j is %j', async (typed, query) => expect(await lexicon.understand(typed)).toEqual(query));

  it('takes the language it is told', async () => {
    expect(await lexicon.understand('mug', 'zh-CN')).toMatchObject({ space: 'text-zh' });
    expect(await lexicon.understand('保温杯', 'en')).not.toHaveProperty('space');
  });

  it('relaxes under the filter of the caller', async () => {
    const where = { brand: 'Lupin' };
    const query = await lexicon.understand('lunch');
    expect(await lexicon.relax(query)).toEqual({ relaxed: [], query });
    expect(await lexicon.relax(query, where)).toEqual({ relaxed: [], query });
    expect((await lexicon.relax({ text: 'mug' }, where)).relaxed).toEqual(['meaning']);
    await scratch.stores.items.upsert([{ id: 'c', title: 'Cup', brand: 'Lupin' }]);
    expect(await lexicon.relax({ text: 'mug' }, where)).toMatchObject({
      relaxed: ['synonyms'],
      query: { text: 'mug cup' },
    });
  });
});
