import { sequencesOf, type TimedSequences } from '../data/sequences.js';
import { countBelow } from './count-below.kernel.js';
import { latestBaskets, withoutLatest } from './latest-baskets.js';
import { neighborInterests, neighborsOf } from './neighbors.kernel.js';
import { ownInterests, ownItemsOf } from './own-items.js';
import { boughtBefore, buyersBefore, purchaseLogOf, shopperAt, soldBefore, soldWithin } from './purchase-log.js';

const DAY = 86_400_000;

/** Lists of [item, day] a user. */
function timed(lists: readonly (readonly (readonly [number, number])[])[], itemCount = 5): TimedSequences {
  const sequences = sequencesOf(
    lists.map((list) => list.map(([item]) => item)),
    itemCount,
  );
  return { ...sequences, times: Float64Array.from(lists.flat(), ([, day]) => day * DAY) };
}

const SHOP = timed([
  [
    [0, 1],
    [1, 1],
    [0, 3],
    [0, 3],
    [2, 5],
  ],
  [
    [0, 2],
    [3, 4],
  ],
  [],
]);
const log = purchaseLogOf(SHOP);

it('counts numbers below a bound', () => {
  const numbers = Float64Array.of(1, 2, 2, 5);
  expect([0, 1, 2, 3, 5, 6].map((bound) => countBelow(numbers, bound))).toEqual([0, 0, 1, 3, 3, 4]);
  expect([countBelow(numbers, 9, 1, 3), countBelow(numbers, 9, 2, 2)]).toEqual([2, 0]);
});

it('counts sales, a basket once, and buyers before a moment', () => {
  const on = (count: typeof soldBefore, item: number): number[] =>
    [1, 2, 3, 4, 6].map((day) => count(log, item, day * DAY));
  expect(on(soldBefore, 0)).toEqual([0, 1, 2, 3, 3]);
  expect(on(buyersBefore, 0)).toEqual([0, 1, 2, 2, 2]);
  expect(on(soldBefore, 4)).toEqual([0, 0, 0, 0, 0]);
  expect([...soldWithin(log, 4 * DAY, 2 * DAY)]).toEqual([2, 0, 0, 0, 0]);
  expect([1, 3, 9].map((day) => boughtBefore(log, 0, day * DAY))).toEqual([0, 2, 5]);
});

it('knows of a shopper what is before the moment', () => {
  const { user, rows, times } = shopperAt(SHOP, 0, 3 * DAY);
  expect([user, [...rows], [...times].map((at) => at / DAY)]).toEqual([0, [0, 1], [1, 1]]);
  expect(shopperAt(SHOP, 2, 3 * DAY).rows).toHaveLength(0);
});

it('finds baskets from the latest on, and leaves them out', () => {
  const found = (back: number): unknown[] =>
    latestBaskets(SHOP, back).map(({ user, at, items }) => [user, at / DAY, [...items]]);
  expect([found(1), found(2), found(3)]).toEqual([
    [
      [0, 5, [2]],
      [1, 4, [3]],
    ],
    [[0, 3, [0, 0]]],
    [],
  ]);
  expect([1, 2, 9].map((back) => [...withoutLatest(SHOP, back).items])).toEqual([
    [0, 1, 0, 0, 0],
    [0, 1, 0],
    [0, 1, 0],
  ]);
  expect([...withoutLatest(SHOP, 1).times].map((at) => at / DAY)).toEqual([1, 1, 3, 3, 2]);
});

it('tells what somebody did with an item, and how much of it is left', () => {
  const shopper = shopperAt(SHOP, 0, 5 * DAY);
  const { byRow, baskets, latestAt, lines } = ownItemsOf(shopper);
  expect([baskets, latestAt / DAY, lines]).toEqual([2, 3, 3]);
  expect(byRow.get(0)).toEqual({ count: 2, firstAt: DAY, lastAt: 3 * DAY, lastBasket: 1 });
  expect([...ownInterests(shopper, 5, 2)]).toEqual([0.25 + 0.5 + 0.5, 0.25, 0, 0, 0]);
});

it('finds who bought the same before, and what of theirs is lately', () => {
  const shopper = shopperAt(SHOP, 0, 5 * DAY);
  const neighbors = neighborsOf(shopper, log);
  // Item 0 was last bought two days before, sold three times; the neighbor has two purchases.
  const likeness = 0.5 ** (2 / 60) / Math.sqrt(1 + 3) / Math.sqrt(2 + 10);
  expect(neighbors).toEqual([{ user: 1, likeness: Math.fround(likeness) }]);
  const interests = neighborInterests(neighbors, log, shopper.at, { windowDays: 2, halfLifeDays: 1 });
  expect([...interests]).toEqual([0, 0, 0, Math.fround(Math.fround(likeness) / 2), 0]);
  expect(neighborsOf({ ...shopper, user: -1 }, log).map(({ user }) => user)).toEqual(expect.arrayContaining([0, 1]));
  expect(neighborsOf(shopperAt(SHOP, 2, 9 * DAY), log)).toEqual([]);
});

it.each([
  ['two times for five purchases', { ...SHOP, times: new Float64Array(2) }, '2 times are not one for 7 purchases'],
  [
    'a time that is none',
    { ...SHOP, times: SHOP.times.map((at, k) => (k === 3 ? NaN : at)) },
    'purchase 3 has no finite time',
  ],
  [
    'times that go back',
    { ...SHOP, times: SHOP.times.map((at) => -at) },
    'purchases of user 0 are not in the order of their times',
  ],
])('refuses %s', (_, sequences, message) => {
  expect(() => purchaseLogOf(sequences)).toThrow(new RangeError(message));
});
