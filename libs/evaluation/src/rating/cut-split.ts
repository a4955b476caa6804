import type { Ratings } from '@attune/algorithms';
import { sample } from '../metrics/bootstrap.js';
import type { RatingSplit } from './rating.task.js';

/** Users who are learned from, ascending: rows. */
export const usersOf = ({ learned }: RatingSplit): readonly number[] =>
  [...new Set(learned.users)].sort((a, b) => a - b);

/**
 * A split of a share of the users who are learned from, drawn by the seed: all of their ratings, and those of nobody else. `share`
 * in (0, 1). Nobody may be judged of those who were drawn.
 */
export function cutSplit(split: RatingSplit, share: number, seed: number): RatingSplit {
  const { learned, held } = split;
  const users = usersOf(split);
  const kept = new Set(sample(users, Math.max(1, Math.round(share * users.length)), seed));
  return { learned: ofUsers(learned, kept), held: ofUsers(held, kept) };
}

function ofUsers(ratings: Ratings, users: ReadonlySet<number>): Ratings {
  const kept = Int32Array.from(ratings.values.keys()).filter((i) => users.has(ratings.users[i]!));
  return {
    ...ratings,
    users: kept.map((i) => ratings.users[i]!),
    items: kept.map((i) => ratings.items[i]!),
    values: Float32Array.from(kept, (i) => ratings.values[i]!),
  };
}
