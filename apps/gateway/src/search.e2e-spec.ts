import { idsOf, type SearchAnswer, type SlateItemAnswer } from './testing/answers.js';
import { demoFolder } from './testing/scratch.js';
import { startGateway, type Gateway } from './testing/start-gateway.js';

let shop: Gateway;
beforeAll(async () => {
  shop = await startGateway({ data: await demoFolder(), demo: true });
});
afterAll(() => shop.stop());

const bought = (userId: string, ...itemIds: readonly string[]): Promise<unknown> =>
  shop.send(...itemIds.map((itemId, i) => ({ id: `${userId}-${i}`, type: 'purchase', userId, itemId })));
const isRed = ({ item }: SlateItemAnswer): boolean => [item!.attributes?.['color']].flat().includes('red');
const redOf = ({ items }: SearchAnswer): number => items.filter(isRed).length;
const titlesOf = ({ items }: SearchAnswer): readonly string[] => items.map(({ item }) => item!.title);
/** What a shopper sees of an answer: everything but its id and how long it took. */
const shown = ({ slateId: _s, tookMs: _t, trace, ...answer }: SearchAnswer): object => ({
  ...answer,
  candidates: trace?.candidates,
});

/** One moment for answers that are compared: time changes what sells. */
const NOW = new Date().toISOString();

describe('personalised search', () => {
  it('shows at least two red items more, of the same query, after three purchases of red items', async () => {
    const titles = ['Red harmonica in box', 'Frying pan red retrospot', 'Red retrospot storage jar'];
    const ids: string[] = [];
    for (const title of titles) {
      const [found] = (await shop.search({ query: title, limit: 1 })).items;
      expect(found!.item!.title).toBe(title);
      ids.push(found!.id);
    }
    const asked = ['mug', 'bowl', 'bag', 'heart'].map((query) => ({ query, userId: 'likes-red' }));
    const before = await Promise.all(asked.map((one) => shop.search(one)));
    await bought('likes-red', ...ids);
    for (const [i, one] of asked.entries()) {
      const after = await shop.search(one);
      expect(redOf(after)).toBeGreaterThanOrEqual(redOf(before[i]!) + 2);
      expect(after.items).toHaveLength(10);
    }
  });

  const QUERIES = ['mug', 'lunch bag', 'something to keep drinks warm', 'lumch bagg', 'qwertyuiop', '85123A', '保温杯'];
  it.each(['17850', '12680', '14911'])(
    'with personalize 0 is the search of nobody for %s, bit for bit',
    async (userId) => {
      let moved = 0;
      for (const query of QUERIES) {
        const asked = { query, limit: 20, explain: true, trace: true, at: NOW };
        const nobody = await shop.search(asked);
        expect(shown(await shop.search({ ...asked, userId, personalize: 0 }))).toEqual(shown(nobody));
        const own = await shop.search({ ...asked, userId });
        moved += Number(JSON.stringify(idsOf(own)) !== JSON.stringify(idsOf(nobody)));
      }
      expect(moved).toBeGreaterThan(0);
    },
  );

  it('leaves a query that names one item alone, and one that names a kind of item not', async () => {
    const asked = { userId: '17850', at: NOW };
    const idsFor = async (query: string, personalize: number) => {
      const answer = await shop.search({ ...asked, query, personalize });
      return { intent: answer.query.intent, ids: idsOf(answer) };
    };
    for (const query of ['85123A', 'white hanging heart t-light holder', 'regency cakestand 3 tier']) {
      const own = await idsFor(query, 1);
      expect(own.intent).toBe('navigational');
      expect(own).toEqual(await idsFor(query, 0));
    }
    const kind = await idsFor('bags', 1);
    expect(kind.intent).toBe('category');
    expect(kind.ids).not.toEqual((await idsFor('bags', 0)).ids);
  });
});

describe('a query that means nothing here', () => {
  it.each([
    ['保温杯', ['meaning', 'popular']],
    ['xqzwv 12345', ['meaning']],
    ['Ωμέγα ψψψ', ['meaning']],
  ])('%s is answered with what was done instead', async (query, steps) => {
    const answer = await shop.search({ query, userId: '17850' });
    expect(answer.query.relaxed.slice(0, steps.length)).toEqual(steps);
    expect(answer.query.corrected).toBeUndefined();
    if (answer.total > 0) expect(answer.items.length).toBeGreaterThan(0);
  });

  it('is not made of words of the language that are not sold', async () => {
    for (const typed of ['something warm', 'keep coins safe', 'garden bird lover']) {
      const { query } = await shop.search({ query: typed });
      expect([query.text, query.corrected]).toEqual([typed, undefined]);
      expect(query.relaxed).not.toContain('spelling');
    }
    const { query } = await shop.search({ query: 'chrismas decoratoins' });
    expect(query).toMatchObject({ corrected: 'christmas decoration', relaxed: ['spelling'] });
  });
});

describe('suggestions', () => {
  it('begin with what is typed before they have it later, forgive typos, and know the person', async () => {
    const typed = await shop.suggestions({ q: 'lu' });
    const starts = typed.map(({ text }) => /^lu/i.test(text));
    expect(starts[0]).toBe(true);
    expect(starts).toEqual([...starts].sort((a, b) => Number(b) - Number(a)));
    expect(await shop.suggestions({ q: 'lumch ba', limit: '1' })).toMatchObject([
      { text: expect.stringMatching(/^lunch bag/i), correctedFrom: 'lumch ba' },
    ]);
    await shop.send({ id: 'own-query', type: 'search', userId: 'likes-red', query: 'lucky red mug' });
    expect((await shop.suggestions({ q: 'lu', userId: 'likes-red' }))[0]).toMatchObject({ text: 'lucky red mug' });
    expect((await shop.suggestions({ q: 'lu' })).map(({ text }) => text)).not.toContain('lucky red mug');
  });

  it('complete every word of the catalogue to titles that have it', async () => {
    for (const word of ['ceramic', 'spaceboy', 'retrospot', 'doormat']) {
      const some = (await shop.suggestions({ q: word.slice(0, -2), limit: '20' })).filter(
        ({ kind }) => kind === 'title',
      );
      expect(some.length).toBeGreaterThan(0);
      for (const { text } of some) expect(text.toLowerCase()).toContain(word.slice(0, -2));
      expect(titlesOf(await shop.search({ query: some[0]!.text, limit: 1 }))).toEqual([some[0]!.text]);
    }
  });
});
