import * as fc from 'fast-check';
import { interestsAfter } from './interests-after.js';
import { interestsSchema, type InterestEvent, type InterestFacts, type Interests } from './interests.types.js';
import { DAY, event, given, NOW } from './testing/past.js';

const after = (events: readonly InterestEvent[], more: Partial<InterestFacts> = {}, before?: Interests): Interests =>
  interestsAfter(before, events, { ...given, ...more });

const events = fc.array(
  fc.record({
    type: fc.constantFrom('purchase', 'view', 'dislike', 'search', 'review', 'rating'),
    at: fc.integer({ min: 0, max: 2000 }).map((days) => Math.floor((days / 2) * DAY + days * 7919)),
    itemIds: fc.subarray(['box', 'mug', 'lamp', 'none']),
    query: fc.constantFrom('mug', 'lunch box', '杯子', undefined),
    review: fc.constantFrom('Good quality', '有点贵', undefined),
    value: fc.constantFrom(1, 4, 5, undefined),
  }),
  { maxLength: 40 },
);
const halfLives = fc.constantFrom(0.5, 7, 30, 400);

/** The numbers of a state, by where they stand; the evidence too. */
function numbersOf(state: Interests): ReadonlyMap<string, number> {
  const { asOf, facets, prices, counts } = state;
  return new Map([
    ['asOf', asOf],
    ...Object.entries(counts),
    ...facets.flatMap(({ path, values }) =>
      values.flatMap(([value, ...numbers]) => numbers.map((n, i) => [`${path} ${value} ${i}`, n] as const)),
    ),
    ...prices.flatMap(([category, currency, ...numbers]) =>
      numbers.map((n, i) => [`price ${category} ${currency} ${i}`, n] as const),
    ),
  ]);
}

describe('however events come in', () => {
  it('the interests are the same to 1e-9', () => {
    fc.assert(
      fc.property(
        events,
        halfLives,
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 40, maxLength: 40 }),
        (all, halfLifeDays, parts) => {
          const whole = numbersOf(after(all, { halfLifeDays, now: 2000 * DAY }));
          let state: Interests | undefined;
          for (const part of [0, 1, 2, 3])
            state = after(
              all.filter((_, i) => parts[i] === part),
              { halfLifeDays, now: 2000 * DAY },
              state,
            );
          const split = numbersOf(state!);
          expect([...split.keys()]).toEqual([...whole.keys()]);
          for (const [key, number] of whole)
            expect(Math.abs(split.get(key)! - number)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(number)));
        },
      ),
      { numRuns: 300 },
    );
  });

  const many: InterestFacts['items'] = new Map(
    Array.from({ length: 400 }, (_, i) => [
      `i${i}`,
      {
        categories: [`分类 ${i}`],
        brand: `Brand ${i} of a longer name`,
        tags: [`t${i}`, `u${i}`],
        attributes: { color: `c${i}` },
        price: { amount: 1 + i, currency: 'EUR' },
      },
    ]),
  );
  const shopped = fc.array(fc.tuple(fc.integer({ min: 0, max: 399 }), fc.constantFrom('purchase', 'view', 'hide')), {
    minLength: 400,
    maxLength: 800,
  });

  it('split by time they are the very same where tables are full, and fit into 32 KiB', () => {
    fc.assert(
      fc.property(shopped, fc.array(fc.nat(800), { maxLength: 5 }), (log, cuts) => {
        const all = log.map(([item, type], i) =>
          event(type, 800 - i / 2, { itemIds: [`i${item}`], at: NOW - 800 * DAY + i * 7_654_321 }),
        );
        const whole = after(all, { items: many });
        const ends = [...cuts.sort((a, b) => a - b), all.length];
        let state: Interests | undefined;
        let from = 0;
        for (const end of ends) {
          state = after(all.slice(from, end), { items: many }, state);
          from = Math.max(from, end);
        }
        expect(JSON.stringify(state)).toBe(JSON.stringify(whole));
        expect(Buffer.byteLength(JSON.stringify(whole))).toBeLessThanOrEqual(32_768);
        for (const { path, values } of whole.facets)
          expect(values.length).toBeLessThanOrEqual(path === 'tags' ? 50 : 200);
        expect(interestsSchema.parse(JSON.parse(JSON.stringify(whole)))).toEqual(whole);
      }),
      { numRuns: 20 },
    );
  });
});
