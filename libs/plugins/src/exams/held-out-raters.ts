import type { OwnRatings } from '@attune/algorithms';
import type { TrainingData } from '@attune/sdk';
import { chosenOf, withoutUsers } from './held-out-users.js';
import { ratingLog } from '../logs/rating-log.js';

/** What a user held out gave, oldest first; rows of the data's `itemIds`. */
export interface HeldOutRater {
  readonly before: OwnRatings;
  /** To be told: the newest fifth, one at least. */
  readonly asked: OwnRatings;
}

export interface RaterHoldOut {
  readonly users: readonly HeldOutRater[];
  /** The data without them; ids keep their rows. */
  readonly rest: TrainingData;
}

const ASKED_SHARE = 0.2;

/** Holds out users by chance; undefined where fewer than 200 rated two items: so few say nothing. */
export function holdOutRaters(
  data: TrainingData,
  types: readonly string[],
  random: () => number,
): RaterHoldOut | undefined {
  const { starts, items, values } = ratingLog(data, types);
  const able = data.userIds.flatMap((_, user) => (starts[user + 1]! - starts[user]! > 1 ? [user] : []));
  const chosen = chosenOf(able, random);
  if (chosen === undefined) return undefined;
  const users = chosen.map((user): HeldOutRater => {
    const [start, end] = [starts[user]!, starts[user + 1]!];
    const cut = end - Math.ceil(ASKED_SHARE * (end - start));
    const part = (from: number, to: number) => ({ rows: items.subarray(from, to), values: values.subarray(from, to) });
    return { before: part(start, cut), asked: part(cut, end) };
  });
  return { users, rest: withoutUsers(data, chosen) };
}
