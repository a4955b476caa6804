import { MOST_OFFERS, MOST_TIMES } from './offer.schema.js';
import { NO_OFFERS, timesOf, usedAt, withMade, type MadeOffers } from './made-offers.js';
import { interestsOf } from './shopper.js';
import { pastOf } from './testing/offer-of.js';

const DAY = 86_400_000;
const none: ReadonlySet<string> = new Set();
const used = { key: 'k', asked: 'x' };

describe('what was made to a user', () => {
  it('has the times of each offer in order, however they come', () => {
    const made = [5, 3, 9].reduce<MadeOffers>(
      (all, at) => withMade(all, { offerIds: ['a', '__proto__'], at, known: none }),
      NO_OFFERS,
    );
    expect([timesOf(made, 'a'), timesOf(made, '__proto__'), timesOf(made, 'b')]).toEqual([[3, 5, 9], [3, 5, 9], []]);
  });

  it('remembers the newest times that a cap can ask for', () => {
    let made = NO_OFFERS;
    for (let at = 0; at < MOST_TIMES + 5; at++) made = withMade(made, { offerIds: ['a'], at, known: none });
    expect(timesOf(made, 'a')).toEqual(Array.from({ length: MOST_TIMES }, (_, i) => i + 5));
  });

  it('forgets offers that went only where there is no room, the oldest first, and none that there is', () => {
    const offers = Array.from({ length: MOST_OFFERS }, (_, i): [string, number[]] => [`o${i}`, [i]]);
    const known = new Set(offers.map(([id]) => id).slice(0, 100));
    const full = withMade({ offers, keys: [] }, { offerIds: [], at: 999, known });
    expect(full.offers).toHaveLength(MOST_OFFERS);
    const { offers: kept } = withMade(full, { offerIds: ['new'], at: 999, known: new Set([...known, 'new']) });
    const ids = kept.map(([id]) => id);
    expect([ids.length, ids.includes('o100'), ids.includes('o101'), ids.includes('o0'), ids.at(-1)]).toEqual([
      MOST_OFFERS,
      false,
      true,
      true,
      'new',
    ]);
  });

  it('fits into a record when all of it is as large as it gets', () => {
    const offers = Array.from({ length: MOST_OFFERS }, (_, i): [string, number[]] => [
      `${i}`.padStart(64, 'o'),
      Array.from({ length: MOST_TIMES }, () => 4_133_980_799_999),
    ]);
    const keys = Array.from({ length: 40 }, () => ({
      ...{ key: 'k'.repeat(32), asked: 'x'.repeat(32), at: 4_133_980_799_999 },
      offers: offers.slice(0, 10).map(([id]) => id),
    }));
    const made = withMade({ offers, keys }, { offerIds: [], at: 4_133_980_799_999, known: none });
    expect(JSON.stringify(made).length).toBeLessThan(262_144);
  });

  it('knows an idempotency key for a day, and what was made with it', () => {
    const made = withMade(NO_OFFERS, { offerIds: ['a'], at: 0, used, known: none });
    expect(usedAt(made, 'k', DAY - 1)).toMatchObject({ asked: 'x', offers: ['a'] });
    expect(usedAt(made, 'k', DAY)).toBeUndefined();
    expect(usedAt(made, 'other', 1)).toBeUndefined();
    expect(withMade(made, { offerIds: [], at: DAY, known: none }).keys).toEqual([]);
  });

  it('knows keys of nothing that was made, and at most 30', () => {
    let made = NO_OFFERS;
    for (let i = 0; i < 31; i++)
      made = withMade(made, { offerIds: [], at: i, used: { key: `${i}`, asked: '' }, known: none });
    expect([usedAt(made, '0', 31), usedAt(made, '1', 31)?.offers]).toEqual([undefined, []]);
  });
});

describe('interestsOf', () => {
  it('has items acted on, the newest first, each once, without those only seen or refused', () => {
    const past = pastOf(
      ...([
        ['view', 'a', 1],
        ['view', 'b', 2],
        ['hide', 'c', 3],
        ['dislike', 'd', 4],
        ['impression', 'e', 5],
        ['search', '', 6],
        ['purchase', 'a', 7],
      ] as const),
    );
    expect(interestsOf(past)).toEqual(['a', 'b']);
  });

  it('has 1,000 at most', () => {
    const past = pastOf(...Array.from({ length: 1500 }, (_, i) => ['view', `${i}`, i] as const));
    expect([interestsOf(past).length, interestsOf(past)[0]]).toEqual([1000, '1499']);
  });
});
