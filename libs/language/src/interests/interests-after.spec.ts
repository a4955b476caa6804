import { interestsAfter } from './interests-after.js';
import { interestsSchema, type InterestEvent, type InterestFacts, type Interests } from './interests.types.js';
import { DAY, event, given, NOW } from './testing/past.js';

const bought = (id: string, daysAgo: number): InterestEvent => event('purchase', daysAgo, { itemIds: [id] });
/** Weights as of the newest event, by path and value. */
function weights({ facets, asOf, halfLifeMs }: Interests): Readonly<Record<string, number>> {
  const fade = 2 ** -((asOf % halfLifeMs) / halfLifeMs);
  return Object.fromEntries(
    facets.flatMap(({ path, values }) => values.map(([value, weight]) => [`${path} ${value}`, weight * fade])),
  );
}
const after = (events: readonly InterestEvent[], more: Partial<InterestFacts> = {}, before?: Interests): Interests =>
  interestsAfter(before, events, { ...given, ...more });

describe('interests after events', () => {
  it('weigh what items have by type and age', () => {
    const state = after([bought('box', 30), event('view', 0, { itemIds: ['mug', 'unknown'] })]);
    expect(state).toMatchObject({ asOf: NOW, counts: { events: 2, searches: 0, reviews: 0 } });
    expect(weights(state)).toEqual({
      'attributes.color blue': expect.closeTo(0.5, 9),
      'attributes.color red': expect.closeTo(0.75, 9),
      'brand Acme': expect.closeTo(0.5, 9),
      'brand Norrland': expect.closeTo(0.25, 9),
      'categories Kitchen > Lunch boxes': expect.closeTo(0.5, 9),
      'categories Kitchen > Mugs': expect.closeTo(0.25, 9),
      'tags school': expect.closeTo(0.5, 9),
    });
    const red = state.facets.find(({ path }) => path === 'attributes.color')!.values.find(([value]) => value === 'red');
    expect(red!.slice(2)).toEqual([2, NOW]);
  });

  it.each([
    [[event('dislike', 0, { itemIds: ['lamp'] })], -1],
    [[event('hide', 0, { itemIds: ['lamp'] })], -1],
    [[event('rating', 0, { itemIds: ['lamp'], value: 1 })], -1],
    [[event('rating', 0, { itemIds: ['lamp'], value: 4 })], 0.5],
    [[event('rating', 0, { itemIds: ['lamp'], value: 99 })], 1],
    [[event('review', 0, { itemIds: ['lamp'], review: 'Terrible, broke at once.' })], -1],
    [[event('review', 0, { itemIds: ['lamp'], review: '质量很好' })], 1],
    [[bought('lamp', 0), event('hide', 0, { itemIds: ['lamp'] })], 0],
  ])('of %j weigh a lamp %p', (events, weight) => {
    expect(weights(after(events))['categories Lamps']).toBeCloseTo(weight, 9);
  });

  it('count a dislike against an item, whatever sign its weight is told with', () => {
    const state = after([event('dislike', 0, { itemIds: ['lamp'] })], { weights: { dislike: 0.5 } });
    expect(weights(state)['brand Acme']).toBeCloseTo(-0.5, 9);
  });

  it.each([
    event('impression', 0, { itemIds: ['box'] }),
    event('constructor', 0, { itemIds: ['box'] }),
    event('rating', 0, { itemIds: ['box'], value: 3 }),
    { type: 'purchase', at: NaN, itemIds: ['box'] },
    { type: 'purchase', at: -1, itemIds: ['box'] },
  ])('are none for %j', (one) => {
    expect(after([one]).facets).toEqual([]);
  });

  it('take an event of later than now for one of now', () => {
    expect(after([bought('box', -500)])).toEqual(after([bought('box', 0)]));
  });

  it.each([
    ['  Lunch  BOX ', 'lunch box'],
    ['红色 马克杯', '红色 马克杯'],
    ['<b>mug</b>!!', 'mug'],
    ['ann@mail.example', undefined],
    ['call +44 20 7946 0958', undefined],
    ['!!!', undefined],
    ['a b c d e f g h i', undefined],
    ['x'.repeat(61), undefined],
  ])('keep of the search %p the topic %p', (query, topic) => {
    const { facets, counts } = after([event('search', 0, { query })]);
    expect(facets).toEqual(
      topic === undefined ? [] : [{ path: 'query', values: [[topic, expect.any(Number), 1, NOW]] }],
    );
    expect(counts.searches).toBe(topic === undefined ? 0 : 1);
  });

  it('know which aspects own reviews speak of, praised or not', () => {
    const state = after([event('review', 0, { review: 'Great quality but far too expensive', value: 3 })]);
    expect(Object.keys(weights(state))).toEqual(['aspects price', 'aspects quality']);
  });

  it('know what is paid for a category, in each currency', () => {
    const { prices } = after([bought('box', 0), bought('box', 0), bought('lamp', 0)]);
    expect(prices.map(([category, currency, , , , events]) => [category, currency, events])).toEqual([
      ['Kitchen > Lunch boxes', 'GBP', 2],
    ]);
    const [[, , weight, sum]] = prices as [Interests['prices'][number]];
    expect(Math.exp(sum / weight)).toBeCloseTo(10, 9);
  });

  it('keep what they weighed as of the newest event where the half-life becomes another', () => {
    const before = after([bought('box', 45), bought('mug', 10)]);
    expect(after([], { halfLifeDays: 7 }, before)).toMatchObject({ halfLifeMs: 7 * DAY, asOf: NOW - 10 * DAY });
    const [then, now] = [weights(before), weights(after([], { halfLifeDays: 7 }, before))];
    for (const [key, weight] of Object.entries(then)) expect(now[key]).toBeCloseTo(weight, 9);
  });
});

describe('hostile items and events', () => {
  it('fit into 32 KiB and keep the names of the language of objects apart', () => {
    const text = (i: number): string => `${'\u0001"杯'.repeat(26)}${i}`.slice(0, 80);
    const hostile: InterestFacts['items'] = new Map(
      Array.from({ length: 300 }, (_, i) => [
        `i${i}`,
        {
          categories: [text(i), '__proto__', 'x'.repeat(256)],
          brand: 'constructor',
          tags: Array.from({ length: 100 }, (__, j) => text(1000 * i + j)),
          attributes: Object.fromEntries(Array.from({ length: 30 }, (__, j) => [`n${j}${'名'.repeat(50)}`, text(i)])),
          price: { amount: 1e-300, currency: '杯杯杯' },
        },
      ]),
    );
    const attributes = Array.from({ length: 30 }, (_, j) => `n${j}${'名'.repeat(50)}`);
    const state = after(
      Array.from({ length: 300 }, (_, i) => bought(`i${i}`, 300 - i / 7.3)),
      { items: hostile, attributes: ['__proto__', 'toString', ...attributes] },
    );
    expect(Buffer.byteLength(JSON.stringify(state))).toBeLessThanOrEqual(32_768);
    expect(state.facets.flatMap(({ values }) => values.map(([value]) => value))).toEqual(
      expect.arrayContaining(['__proto__', 'constructor']),
    );
    expect(interestsSchema.safeParse(JSON.parse(JSON.stringify(state))).success).toBe(true);
  });

  it('leave the state before as it was', () => {
    const before = after([bought('box', 20)]);
    const copy = structuredClone(before);
    after([bought('box', 0), event('search', 0, { query: 'mug' })], {}, before);
    expect(before).toEqual(copy);
  });
});
