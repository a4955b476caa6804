import { NO_EVENTS, type Item } from '@attune/sdk';
import { STRANGER, type Shopper } from '../shopper.js';
import { pastOf, type PastEvent } from './offer-of.js';

/** The moment at which they are judged, epoch ms. */
export const NOW = Date.parse('2026-11-21T09:30:00Z');
const [HOUR, DAY] = [3_600_000, 86_400_000];
export const iso = (ms: number): string => new Date(ms).toISOString();
export const NOBODY: Shopper = { ...STRANGER, history: NO_EVENTS };
const past = (...events: readonly PastEvent[]): Partial<Shopper> => ({ history: pastOf(...events) });
const made = (...times: readonly number[]): Partial<Shopper> => ({ made: { offers: [['o', [...times]]], keys: [] } });
const user = (attributes: Record<string, string | number | string[]>): Partial<Shopper> => ({
  user: { id: 'u', attributes },
});
const mug: Item = { id: 'mug', title: 'Mug', categories: ['Mugs'] };
const lamp: Item = { id: 'lamp', title: 'Lamp' };
const onMugs = { items: { where: { categories: 'Mugs' } } };
export const eligible = (rules: object): object => ({ eligible: rules });
export const caps = (rules: object): object => ({ caps: rules });

/** Members of the offer, what is known of the person, and the rules that do not hold. */
export const RULE_CASES: readonly (readonly [string, object, Partial<Shopper>, readonly string[]])[] = [
  ['no rules', {}, {}, []],
  ['begins at this moment', { validFrom: iso(NOW) }, {}, []],
  ['begins a millisecond later', { validFrom: iso(NOW + 1) }, {}, ['validFrom']],
  ['is over a millisecond later', { validUntil: iso(NOW + 1) }, {}, []],
  ['is over at this moment', { validUntil: iso(NOW) }, {}, ['validUntil']],
  ['is over at this moment in another zone', { validUntil: '2026-11-21T10:30:00+01:00' }, {}, ['validUntil']],
  ['an attribute that fits', eligible({ user: { 'attributes.plan': 'gold' } }), user({ plan: 'gold' }), []],
  ['one of several values', eligible({ user: { 'attributes.plan': 'gold' } }), user({ plan: ['a', 'gold'] }), []],
  ['one that does not', eligible({ user: { 'attributes.plan': 'gold' } }), user({ plan: 'x' }), ['eligible.user']],
  ['an attribute of nobody', eligible({ user: { 'attributes.plan': 'gold' } }), {}, ['eligible.user']],
  ['a denial, of nobody', eligible({ user: { $not: { 'attributes.plan': 'gold' } } }), {}, []],
  ['an inherited name', eligible({ user: { 'attributes.toString': { $exists: true } } }), user({}), ['eligible.user']],
  [
    'an attribute without consent',
    eligible({ user: { 'attributes.age': { $gte: 18 } } }),
    { ...user({ age: 18 }), history: undefined },
    [],
  ],
  ['as many events', eligible({ minEvents: 2 }), past(['view', 'a', 1], ['click', 'a', 2]), []],
  ['one event too few', eligible({ minEvents: 2 }), past(['view', 'a', 1]), ['eligible.minEvents']],
  [
    'impressions do not count',
    eligible({ minEvents: 2 }),
    past(['view', 'a', 1], ['impression', 'a', 2]),
    ['eligible.minEvents'],
  ],
  ['no events are needed', eligible({ minEvents: 0 }), {}, []],
  ['enough of a type', eligible({ types: { purchase: { min: 1 } } }), past(['purchase', 'a', 1]), []],
  [
    'none of a type',
    eligible({ types: { purchase: { min: 1 } } }),
    past(['view', 'a', 1]),
    ['eligible.types.purchase'],
  ],
  ['at most as many', eligible({ types: { view: { max: 1 } } }), past(['view', 'a', 1]), []],
  [
    'one too many',
    eligible({ types: { view: { max: 1 } } }),
    past(['view', 'a', 1], ['view', 'b', 2]),
    ['eligible.types.view'],
  ],
  [
    'within the days',
    eligible({ types: { purchase: { min: 1, withinDays: 7 } } }),
    past(['purchase', 'a', NOW - 7 * DAY + 1]),
    [],
  ],
  [
    'just outside the days',
    eligible({ types: { purchase: { min: 1, withinDays: 7 } } }),
    past(['purchase', 'a', NOW - 7 * DAY]),
    ['eligible.types.purchase'],
  ],
  [
    'two types, one lacking',
    eligible({ types: { view: { min: 1 }, like: { min: 1 } } }),
    past(['view', 'a', 1]),
    ['eligible.types.like'],
  ],
  ['a new user', eligible({ newUser: true }), past(['view', 'a', 1]), []],
  ['a new user who bought', eligible({ newUser: true }), past(['purchase', 'a', 1]), ['eligible.newUser']],
  ['not a new user', eligible({ newUser: false }), past(['purchase', 'a', 1]), []],
  ['not a new user, who bought nothing', eligible({ newUser: false }), {}, ['eligible.newUser']],
  [
    'bought exactly so long ago',
    eligible({ lastPurchaseDaysAgo: { min: 30 } }),
    past(['purchase', 'a', NOW - 30 * DAY]),
    [],
  ],
  [
    'bought a little later',
    eligible({ lastPurchaseDaysAgo: { min: 30 } }),
    past(['purchase', 'a', NOW - 30 * DAY + 1]),
    ['eligible.lastPurchaseDaysAgo'],
  ],
  [
    'bought at the latest moment',
    eligible({ lastPurchaseDaysAgo: { max: 30 } }),
    past(['purchase', 'a', NOW - 30 * DAY]),
    [],
  ],
  [
    'bought too long ago',
    eligible({ lastPurchaseDaysAgo: { max: 30 } }),
    past(['purchase', 'a', NOW - 30 * DAY - 1]),
    ['eligible.lastPurchaseDaysAgo'],
  ],
  [
    'the last purchase counts',
    eligible({ lastPurchaseDaysAgo: { max: 1 } }),
    past(['purchase', 'a', 1], ['purchase', 'b', NOW]),
    [],
  ],
  ['bought nothing', eligible({ lastPurchaseDaysAgo: { max: 30 } }), {}, ['eligible.lastPurchaseDaysAgo']],
  ['interested', { ...onMugs, ...eligible({ interestedIn: true }) }, { interests: [lamp, mug] }, []],
  [
    'interested in other things',
    { ...onMugs, ...eligible({ interestedIn: true }) },
    { interests: [lamp] },
    ['eligible.interestedIn'],
  ],
  ['not interested', { ...onMugs, ...eligible({ interestedIn: false }) }, { interests: [lamp] }, []],
  [
    'interested though nobody may be',
    { ...onMugs, ...eligible({ interestedIn: false }) },
    { interests: [mug] },
    ['eligible.interestedIn'],
  ],
  [
    'interested in one of the ids',
    { items: { ids: ['mug'] }, ...eligible({ interestedIn: true }) },
    { interests: [mug] },
    [],
  ],
  [
    'without consent',
    eligible({ newUser: true, minEvents: 0, types: { view: { max: 9 } } }),
    { history: undefined },
    ['eligible.minEvents', 'eligible.types.view', 'eligible.newUser'],
  ],
  [
    'without consent, no interest is known',
    eligible({ interestedIn: false, lastPurchaseDaysAgo: {} }),
    { history: undefined },
    ['eligible.lastPurchaseDaysAgo', 'eligible.interestedIn'],
  ],
  ['never made', caps({ perUser: { times: 1, days: 1 }, cooldownHours: 1, total: { times: 1 } }), {}, []],
  ['made once of twice', caps({ perUser: { times: 2, days: 30 } }), made(NOW - DAY), []],
  ['made as often as may be', caps({ perUser: { times: 2, days: 30 } }), made(NOW - DAY, NOW), ['caps.perUser']],
  ['made just within the days', caps({ perUser: { times: 1, days: 30 } }), made(NOW - 30 * DAY + 1), ['caps.perUser']],
  ['made exactly so many days ago', caps({ perUser: { times: 1, days: 30 } }), made(NOW - 30 * DAY), []],
  [
    'made later than the moment asked for',
    caps({ perUser: { times: 1, days: 1 } }),
    made(NOW + 9 * DAY),
    ['caps.perUser'],
  ],
  ['half a day', caps({ perUser: { times: 1, days: 0.5 } }), made(NOW - 12 * HOUR), []],
  ['rested long enough', caps({ cooldownHours: 24 }), made(NOW - 24 * HOUR), []],
  ['a millisecond too early', caps({ cooldownHours: 24 }), made(NOW - 24 * HOUR + 1), ['caps.cooldownHours']],
  ['rests as of a moment before', caps({ cooldownHours: 1 }), made(NOW + HOUR), ['caps.cooldownHours']],
  ['made to others less than the total', caps({ total: { times: 3 } }), { totals: new Map([['o', 2]]) }, []],
  ['made to all as often as may be', caps({ total: { times: 3 } }), { totals: new Map([['o', 3]]) }, ['caps.total']],
  [
    'made more often than the total was lowered to',
    caps({ total: { times: 3 } }),
    { totals: new Map([['o', 9]]) },
    ['caps.total'],
  ],
  [
    'counts of other offers',
    caps({ perUser: { times: 1, days: 30 }, total: { times: 1 } }),
    { made: { offers: [['p', [NOW]]], keys: [] }, totals: new Map([['p', 9]]) },
    [],
  ],
];
