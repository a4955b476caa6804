import { sequencesOf, type TimedSequences } from '../data/sequences.js';
import { fitNextBasket, nextBasketInterests, type NextBasketOptions } from './next-basket.model.js';
import { latestBaskets, withoutLatest } from './latest-baskets.js';
import { purchaseLogOf, shopperAt } from './purchase-log.js';

const DAY = 86_400_000;
const ITEMS = 40;

/** Numbers of a linear congruential generator, in [0, 1). */
function chance(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

/** Sixty people who buy one staple of theirs every time, what is in fashion that week, and anything. */
function shop(): TimedSequences {
  const random = chance(3);
  const lists = Array.from({ length: 60 }, (_, user) =>
    Array.from({ length: 8 }, (__, week) => {
      const at = (week * 7 + random() * 6) * DAY;
      return [user % 10, 10 + week, 20 + Math.floor(random() * 20)].map((item) => ({ item, at }));
    }).flat(),
  );
  const sequences = sequencesOf(
    lists.map((list) => list.map(({ item }) => item)),
    ITEMS,
  );
  return { ...sequences, times: Float64Array.from(lists.flat(), ({ at }) => at) };
}

const all = shop();
const log = purchaseLogOf(all);
const known = withoutLatest(all, 1);
const options = (more: Partial<NextBasketOptions> = {}): NextBasketOptions => ({
  repeats: true,
  depth: 3,
  trees: 20,
  minLeafRows: 20,
  lambda: 10,
  random: chance(1),
  ...more,
});
const firstOf = (interests: Float32Array): number => {
  const best = interests.reduce((most, value) => (value > most ? value : most), -Infinity);
  return interests.indexOf(best);
};

it('learns that a staple comes again, and with new items alone what is in fashion', () => {
  const whole = fitNextBasket(known, log, options());
  const fresh = fitNextBasket(known, log, options({ repeats: false }));
  const baskets = latestBaskets(all, 1);
  const shoppers = baskets.map(({ user, at }) => shopperAt(all, user, at));
  const staples = shoppers.filter((shopper) => firstOf(nextBasketInterests(whole, log, shopper)) === shopper.user % 10);
  expect(staples.length).toBeGreaterThan(54);
  // Whoever comes after the first few of the last week finds what these bought.
  const late = shoppers.filter(({ at }) => at > 51 * DAY);
  const fashionable = late.filter((shopper) => firstOf(nextBasketInterests(fresh, log, shopper)) === 17);
  expect(fashionable.length / late.length).toBeGreaterThan(0.9);
  for (const shopper of shoppers) {
    const interests = nextBasketInterests(fresh, log, shopper);
    const lowest = Math.min(...interests);
    for (const row of shopper.rows) expect(interests[row]).toBe(lowest);
  }
});

it('gives the same for the same numbers, and names its columns', () => {
  const [a, b] = [fitNextBasket(known, log, options()), fitNextBasket(known, log, options())];
  expect(a).toEqual(b);
  expect(new Set(a.columns).size).toBe(a.trees.columns);
});

it('says what it does not know of somebody without purchases', () => {
  const model = fitNextBasket(known, log, options());
  const nobody = { user: -1, at: 60 * DAY, rows: new Int32Array(0), times: new Float64Array(0) };
  const interests = nextBasketInterests(model, log, nobody);
  expect(new Set(interests).size).toBeGreaterThan(1);
});

it('learns from as many baskets as it may, and stops when it is told', () => {
  const few = fitNextBasket(known, log, options({ most: 5 }));
  expect(few.trees.counts[0]).toBeLessThan(5 * 3 * ITEMS);
  expect(() => fitNextBasket(known, log, options({ shouldStop: () => true }))).toThrow('stopped on request');
});

it.each([
  [{ depth: 0 }, 'depth must be >= 1, got 0'],
  [{ lambda: 0 }, 'lambda'],
])('refuses %j', (bad, message) => {
  expect(() => fitNextBasket(known, log, options(bad))).toThrow(message);
});

it('refuses a log in which nobody has two baskets', () => {
  const once = withoutLatest(all, 99);
  expect(() => fitNextBasket(once, purchaseLogOf(once), options())).toThrow(
    'nobody has two baskets to learn an order from',
  );
});
