import { type RatingModel, type Ratings } from '../../data/ratings.js';

/** A sequence of numbers in [0, 1) that follows from its seed (Park and Miller 1988). */
export function chance(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** Rows of ratings as columns. */
export function ratingsOf(
  rows: readonly (readonly [user: number, item: number, value: number])[],
  shape: Pick<Ratings, 'userCount' | 'itemCount'>,
  scale: Ratings['scale'] = [1, 5],
): Ratings {
  return {
    users: Int32Array.from(rows, ([user]) => user),
    items: Int32Array.from(rows, ([, item]) => item),
    values: Float32Array.from(rows, ([, , value]) => value),
    userCount: shape.userCount,
    itemCount: shape.itemCount,
    scale,
  };
}

/** Half of all pairs of 12 users and 9 items, rated 1 to 5; the last user and item have none. */
export function smallWorld(): Ratings {
  const random = chance(11);
  const rows = Array.from({ length: 11 * 8 }, (_, k) => [k % 11, k % 8, 1 + Math.floor(5 * random())] as const);
  return ratingsOf(
    rows.filter(() => random() < 0.5),
    { userCount: 12, itemCount: 9 },
  );
}

/** value[user][item], undefined where there is none. */
export function dense({ users, items, values, userCount, itemCount }: Ratings): (number | undefined)[][] {
  const table = Array.from({ length: userCount }, () => Array<number | undefined>(itemCount).fill(undefined));
  values.forEach((value, k) => (table[users[k]!]![items[k]!] = value));
  return table;
}

/** Every prediction, row by row. */
export function predictAll(model: RatingModel, { userCount, itemCount }: Ratings): number[][] {
  return Array.from({ length: userCount }, (_, user) =>
    Array.from({ length: itemCount }, (_, item) => model.predict(user, item)),
  );
}

/** Expects equal tables up to rounding in single precision. */
export function expectClose(found: readonly (readonly number[])[], wanted: readonly (readonly number[])[]): void {
  expect(found.map((row) => row.length)).toEqual(wanted.map((row) => row.length));
  const gaps = found.flatMap((row, u) => row.map((value, i) => Math.abs(value - wanted[u]![i]!)));
  expect(Math.max(...gaps)).toBeLessThan(1e-5);
}
