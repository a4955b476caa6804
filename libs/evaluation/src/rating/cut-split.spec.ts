import type { Ratings } from '@attune/algorithms';
import { cutSplit, usersOf } from './cut-split.js';

/** User u rated items 0 to u, each as `sign` × (100 u + i). */
function ratingsOf(users: number, sign: number): Ratings {
  const pairs = Array.from({ length: users }, (_, u) =>
    Array.from({ length: u + 1 }, (__, i) => [u, i] as const),
  ).flat();
  return {
    users: Int32Array.from(pairs, ([u]) => u),
    items: Int32Array.from(pairs, ([, i]) => i),
    values: Float32Array.from(pairs, ([u, i]) => sign * (100 * u + i)),
    userCount: users,
    itemCount: users,
    scale: [-10_000, 10_000],
  };
}
const split = { learned: ratingsOf(60, 1), held: ratingsOf(60, -1) };

it('keeps all ratings of a share of the users, the same in both parts', () => {
  const { learned, held } = cutSplit(split, 1 / 3, 4);
  const users = new Set(learned.users);
  expect([users.size, learned.userCount, learned.itemCount]).toEqual([20, 60, 60]);
  expect(new Set(held.users)).toEqual(users);
  expect(learned.values).toHaveLength([...users].reduce((sum, u) => sum + u + 1, 0));
  expect([...learned.values]).toEqual([...learned.users].map((u, k) => 100 * u + learned.items[k]!));
  expect([...held.values]).toEqual([...held.users].map((u, k) => -(100 * u + held.items[k]!)));
});

it('follows from its seed, and is of one user at least', () => {
  expect(cutSplit(split, 1 / 3, 4)).toEqual(cutSplit(split, 1 / 3, 4));
  expect(cutSplit(split, 1 / 3, 5)).not.toEqual(cutSplit(split, 1 / 3, 4));
  expect(new Set(cutSplit(split, 0.001, 4).learned.users).size).toBe(1);
});

it('draws from users who are learned from, wherever their rows are', () => {
  const few = { ...split, learned: ofTwo(split.learned, [41, 57]) };
  expect(usersOf(few)).toEqual([41, 57]);
  const [user, ...others] = new Set(cutSplit(few, 1 / 2, 4).learned.users);
  expect([[41, 57].includes(user!), others]).toEqual([true, []]);
});

/** The ratings of two users. */
function ofTwo(ratings: Ratings, users: readonly number[]): Ratings {
  const kept = [...ratings.users.keys()].filter((i) => users.includes(ratings.users[i]!));
  return {
    ...ratings,
    users: Int32Array.from(kept, (i) => ratings.users[i]!),
    items: Int32Array.from(kept, (i) => ratings.items[i]!),
    values: Float32Array.from(kept, (i) => ratings.values[i]!),
  };
}
