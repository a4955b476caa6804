import { compilePredicate, type EventColumns, type Item, type ItemTest, type User } from '@attune/sdk';
import { timesOf } from './made-offers.js';
import { coveredBy, type Offer } from './offer.schema.js';
import { DONE_TO, type Shopper } from './shopper.js';

const [HOUR_MS, DAY_MS] = [3_600_000, 86_400_000];

/** One rule of an offer, and whether it holds for somebody. */
export interface RuleVerdict {
  /** Its path in the offer: `validUntil`, `eligible.types.purchase`, `caps.perUser`, … */
  readonly rule: string;
  readonly holds: boolean;
  /** What was found, for a person who asks why. */
  readonly detail: string;
}

/** An offer with its filters ready. */
export interface ReadyOffer {
  readonly offer: Offer;
  readonly covers: ItemTest;
  readonly isUser: ItemTest | undefined;
}

export function readyOffer(offer: Offer): ReadyOffer {
  const { user } = offer.eligible;
  return {
    offer,
    covers: compilePredicate(coveredBy(offer)),
    isUser: user === undefined ? undefined : compilePredicate(user),
  };
}

/**
 * Every rule that an offer has, judged as of `now` (epoch ms); the offer may be made where all hold. Rules about the past
 * do not hold for somebody who does not consent to profiling, and it is not looked at.
 */
export function rulesOf(ready: ReadyOffer, shopper: Shopper, now: number): readonly RuleVerdict[] {
  return [
    ...timeRules(ready.offer, now),
    ...userRules(ready, shopper.user),
    ...pastRules(ready, shopper, now),
    ...capRules(ready.offer, shopper, now),
  ];
}

/** Whether any rule of an offer looks at the past. */
export const needsPast = ({ eligible }: Offer): boolean =>
  Object.entries(eligible).some(([name, rule]) => name !== 'user' && rule !== undefined);

function* timeRules({ validFrom, validUntil }: Offer, now: number): Iterable<RuleVerdict> {
  if (validFrom !== undefined)
    yield { rule: 'validFrom', holds: now >= Date.parse(validFrom), detail: `begins at ${validFrom}` };
  if (validUntil !== undefined)
    yield { rule: 'validUntil', holds: now < Date.parse(validUntil), detail: `is over at ${validUntil}` };
}

function* userRules({ isUser }: ReadyOffer, user: User | undefined): Iterable<RuleVerdict> {
  if (isUser === undefined) return;
  const { id = '', attributes = {} } = user ?? {};
  const holds = isUser({ id, title: '', attributes });
  yield { rule: 'eligible.user', holds, detail: holds ? 'the attributes fit' : 'the attributes do not fit' };
}

function* pastRules({ offer, covers }: ReadyOffer, shopper: Shopper, now: number): Iterable<RuleVerdict> {
  const { history, interests } = shopper;
  for (const [rule, judge] of pastJudges(offer, covers, now))
    yield history === undefined
      ? { rule, holds: false, detail: 'the user does not consent to profiling' }
      : { rule, ...judge(history, interests) };
}

type Judge = (history: EventColumns, interests: readonly Item[]) => Omit<RuleVerdict, 'rule'>;

function* pastJudges({ eligible }: Offer, covers: ItemTest, now: number): Iterable<readonly [string, Judge]> {
  const { minEvents, types = {}, newUser, lastPurchaseDaysAgo, interestedIn } = eligible;
  if (minEvents !== undefined)
    yield [
      'eligible.minEvents',
      (history) =>
        within(
          countOf(history, (type) => !DONE_TO.has(type)),
          { min: minEvents },
        ),
    ];
  for (const [type, { withinDays = Infinity, ...bounds }] of Object.entries(types)) {
    const since = now - withinDays * DAY_MS;
    yield [
      `eligible.types.${type}`,
      (past) =>
        within(
          countOf(past, (one, at) => one === type && at > since),
          bounds,
        ),
    ];
  }
  if (newUser !== undefined)
    yield [
      'eligible.newUser',
      (history) => {
        const bought = countOf(history, (type) => type === 'purchase');
        return { holds: (bought === 0) === newUser, detail: `${bought} bought` };
      },
    ];
  if (lastPurchaseDaysAgo !== undefined)
    yield ['eligible.lastPurchaseDaysAgo', (history) => lastPurchase(history, lastPurchaseDaysAgo, now)];
  if (interestedIn !== undefined)
    yield [
      'eligible.interestedIn',
      (_, interests) => {
        const found = interests.some(covers);
        return { holds: found === interestedIn, detail: found ? 'took an interest' : 'took no interest' };
      },
    ];
}

interface Bounds {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

const within = (found: number, { min = -Infinity, max = Infinity }: Bounds): Omit<RuleVerdict, 'rule'> => ({
  holds: found >= min && found <= max,
  detail: `${found} found`,
});

function countOf({ types, at, size }: EventColumns, test: (type: string, at: number) => boolean): number {
  let count = 0;
  for (let i = 0; i < size; i++) if (test(types[i]!, at[i]!)) count++;
  return count;
}

function lastPurchase({ types, at }: EventColumns, bounds: Bounds, now: number): Omit<RuleVerdict, 'rule'> {
  const last = types.lastIndexOf('purchase');
  if (last < 0) return { holds: false, detail: 'bought nothing' };
  const daysAgo = (now - at[last]!) / DAY_MS;
  return { ...within(daysAgo, bounds), detail: `bought ${daysAgo.toFixed(1)} days ago` };
}

/**
 * Caps, by what was made so far. What was made later than `now` counts too: who asks as of a moment of the past gets no
 * more by it.
 */
export function* capRules(
  { id, caps }: Offer,
  { made, totals }: Pick<Shopper, 'made' | 'totals'>,
  now: number,
): Iterable<RuleVerdict> {
  const { perUser, total, cooldownHours } = caps;
  const times = timesOf(made, id);
  if (perUser !== undefined) {
    const since = now - perUser.days * DAY_MS;
    const count = times.filter((at) => at > since).length;
    yield {
      rule: 'caps.perUser',
      holds: count < perUser.times,
      detail: `made in ${perUser.days} days: ${count} of ${perUser.times}`,
    };
  }
  if (cooldownHours !== undefined) {
    const last = times.at(-1);
    const holds = last === undefined || now - last >= cooldownHours * HOUR_MS;
    const detail = last === undefined ? 'never made' : `last made at ${new Date(last).toISOString()}`;
    yield { rule: 'caps.cooldownHours', holds, detail };
  }
  if (total !== undefined) {
    const count = totals.get(id) ?? 0;
    yield { rule: 'caps.total', holds: count < total.times, detail: `made to all: ${count} of ${total.times}` };
  }
}
