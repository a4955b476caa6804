import type { Item } from '@attune/sdk';
import fc from 'fast-check';
import type { Offer } from './offer.schema.js';
import { readyOffer, rulesOf } from './offer-rules.js';
import type { Shopper } from './shopper.js';
import { offerOf, pastOf } from './testing/offer-of.js';

const DAY = 86_400_000;
const NOW = Date.parse('2026-11-21T09:30:00Z');
/** Moments around every edge that the offers below can have. */
const moments = fc
  .integer({ min: -4, max: 1 })
  .chain((days) => fc.integer({ min: -1, max: 1 }).map((ms) => NOW + days * DAY + ms));
const few = fc.integer({ min: 0, max: 3 });
const daysAgo = fc.integer({ min: 0, max: 4 });
/** Mostly absent: an offer with every rule is made to nobody. */
const option = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: one });

const offers = fc
  .record({
    validFrom: option(moments),
    validUntil: option(moments),
    plan: option(fc.constantFrom('gold', 'none')),
    minEvents: option(few),
    bought: option(fc.record({ min: few, withinDays: option(daysAgo) })),
    newUser: option(fc.boolean()),
    last: option(fc.record({ min: option(daysAgo), max: option(daysAgo) })),
    interestedIn: option(fc.boolean()),
    perUser: option(fc.record({ times: fc.integer({ min: 1, max: 2 }), days: fc.integer({ min: 1, max: 4 }) })),
    cooldownHours: option(fc.constantFrom(1, 24, 48)),
    total: option(fc.record({ times: fc.integer({ min: 1, max: 2 }) })),
  })
  .filter(({ validFrom = 0, validUntil = Infinity }) => validFrom < validUntil)
  .map(({ validFrom, validUntil, plan, bought, last, perUser, cooldownHours, total, ...eligible }) =>
    offerOf({
      items: { where: { id: 'mug' } },
      validFrom: validFrom && new Date(validFrom).toISOString(),
      validUntil: validUntil && new Date(validUntil).toISOString(),
      eligible: {
        ...eligible,
        user: plan && { 'attributes.plan': plan },
        types: bought && { purchase: bought },
        lastPurchaseDaysAgo: last,
      },
      caps: { perUser, cooldownHours, total },
    }),
  );

const shoppers: fc.Arbitrary<Shopper> = fc
  .record({
    plan: option(fc.constantFrom('gold', 'none')),
    events: fc.option(
      fc.array(fc.tuple(fc.constantFrom('view', 'purchase', 'impression'), fc.constantFrom('mug', 'lamp'), moments), {
        maxLength: 4,
      }),
      { nil: undefined, freq: 6 },
    ),
    times: fc.array(moments, { maxLength: 3 }),
    total: few,
  })
  .map(({ plan, events, times, total }) => {
    const past = events?.toSorted(([, , a], [, , b]) => a - b);
    const items = past?.filter(([type]) => type !== 'impression').map(([, id]): Item => ({ id, title: id })) ?? [];
    return {
      user: { id: 'u', ...(plan && { attributes: { plan } }) },
      history: past && pastOf(...past),
      interests: items,
      made: { offers: [['o', times.toSorted((a, b) => a - b)]], keys: [] },
      totals: new Map([['o', total]]),
    };
  });

const allHold = (offer: Offer, shopper: Shopper): boolean =>
  rulesOf(readyOffer(offer), shopper, NOW).every(({ holds }) => holds);

describe('an offer', () => {
  it('is made only where a plain reading of its rules allows it, and always there', () => {
    let made = 0;
    fc.assert(
      fc.property(offers, shoppers, (offer, shopper) => {
        const expected = plainly(offer, shopper);
        made += expected ? 1 : 0;
        return allHold(offer, shopper) === expected;
      }),
      { numRuns: 5000 },
    );
    // Both answers are among the cases.
    expect(made).toBeGreaterThan(100);
    expect(made).toBeLessThan(4900);
  });
});

/** The rules, written a second time in the dullest way. */
function plainly({ eligible, caps, ...offer }: Offer, shopper: Shopper): boolean {
  if (offer.validFrom !== undefined && Date.parse(offer.validFrom) > NOW) return false;
  if (offer.validUntil !== undefined && Date.parse(offer.validUntil) <= NOW) return false;
  const plan = (eligible.user as { readonly 'attributes.plan'?: string } | undefined)?.['attributes.plan'];
  if (plan !== undefined && shopper.user?.attributes?.['plan'] !== plan) return false;
  if (!pastAllows(eligible, shopper)) return false;
  const times = shopper.made.offers[0]![1];
  const { perUser, cooldownHours, total } = caps;
  if (perUser && times.filter((at) => at + perUser.days * DAY > NOW).length >= perUser.times) return false;
  if (cooldownHours !== undefined && times.some((at) => at + cooldownHours * 3_600_000 > NOW)) return false;
  return total === undefined || shopper.totals.get('o')! < total.times;
}

function pastAllows(eligible: Offer['eligible'], { history, interests }: Shopper): boolean {
  const { minEvents, types, newUser, lastPurchaseDaysAgo: last, interestedIn } = eligible;
  const looks = [minEvents, types, newUser, last, interestedIn].some((rule) => rule !== undefined);
  if (history === undefined) return !looks;
  const events = history.types.map((type, i) => ({ type, at: history.at[i]! }));
  const purchases = events.filter(({ type }) => type === 'purchase');
  if (minEvents !== undefined && events.filter(({ type }) => type !== 'impression').length < minEvents) return false;
  const rule = types?.['purchase'];
  const recent = purchases.filter(({ at }) => at > NOW - (rule?.withinDays ?? 1e6) * DAY);
  if (rule?.min !== undefined && recent.length < rule.min) return false;
  if (newUser !== undefined && newUser !== (purchases.length === 0)) return false;
  if (interestedIn !== undefined && interestedIn !== interests.some(({ id }) => id === 'mug')) return false;
  if (last === undefined) return true;
  const at = purchases.at(-1)?.at;
  return at !== undefined && NOW - at >= (last.min ?? -9) * DAY && NOW - at <= (last.max ?? 1e6) * DAY;
}
