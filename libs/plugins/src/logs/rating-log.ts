import type { Ratings } from '@attune/algorithms';
import type { TrainingData } from '@attune/sdk';
import { believed } from './rating-bounds.js';

/** Each user's newest rating of each item: those of user u are from `starts[u]` to before `starts[u + 1]`, oldest first. */
export interface RatingLog {
  /** [users + 1]. */
  readonly starts: Int32Array;
  /** Rows of the data's `itemIds`. */
  readonly items: Int32Array;
  readonly values: Float32Array;
}

/** Events of the given types that have a finite value, not too far from most of the others'. */
export function ratingLog(data: TrainingData, types: readonly string[]): RatingLog {
  const wanted = data.typeNames.map((name) => types.includes(name));
  const users = data.userIds.length;
  const isValue = (e: number): boolean => wanted[data.types[e]!] === true && Number.isFinite(data.values[e]!);
  const [lowest, highest] = believed(Array.from(data.values.subarray(0, data.size)).filter((_, e) => isValue(e)));
  const isRating = (e: number): boolean => isValue(e) && data.values[e]! >= lowest && data.values[e]! <= highest;
  const ends = new Int32Array(users + 1);
  for (let e = 0; e < data.size; e++) if (isRating(e)) ends[data.users[e]! + 1]! += 1;
  for (let user = 0; user < users; user++) ends[user + 1]! += ends[user]!;
  const events = new Int32Array(ends[users]!);
  const next = ends.slice();
  for (let e = 0; e < data.size; e++) if (isRating(e)) events[next[data.users[e]!]!++] = e;
  return newestOnly(data, ends, events);
}

/** @param events of each user, in the order of the log: from `starts[u]` to before `starts[u + 1]` */
function newestOnly({ items, values }: TrainingData, starts: Int32Array, events: Int32Array): RatingLog {
  const isNewest = new Uint8Array(events.length);
  const count = starts.map(() => 0);
  for (let user = 0; user + 1 < starts.length; user++) {
    const seen = new Set<number>();
    for (let k = starts[user + 1]! - 1; k >= starts[user]!; k--) {
      const item = items[events[k]!]!;
      isNewest[k] = seen.has(item) ? 0 : 1;
      seen.add(item);
    }
    count[user + 1] = count[user]! + seen.size;
  }
  const kept = events.filter((_, k) => isNewest[k] === 1);
  return {
    starts: count,
    items: kept.map((e) => items[e]!),
    values: Float32Array.from(kept, (e) => values[e]!),
  };
}

export interface LearnableRatings {
  /** Its users are those who rated. */
  readonly ratings: Ratings;
  /** Items that somebody rated: the columns, in the order of the data's. */
  readonly itemIds: readonly string[];
}

/** Ratings to learn from, on the scale from the least to the greatest. Throws an Error where there are none, or all are alike. */
export function learnableRatings(data: TrainingData, types: readonly string[]): LearnableRatings {
  const { starts, items, values } = ratingLog(data, types);
  const named = types.join(', ');
  if (values.length === 0)
    throw new Error(`the event log holds no ${named} with a value to learn from: send events with \`value\` first`);
  const scale = scaleOf(values);
  if (scale[0] === scale[1])
    throw new Error(`every ${named} in the log has the value ${scale[0]}: a model learns from values that differ`);
  const columns = new Int32Array(data.itemIds.length).fill(-1);
  for (const item of items) columns[item] = 0;
  const itemIds = data.itemIds.filter((_, item) => columns[item] === 0);
  let column = 0;
  columns.forEach((place, item) => (columns[item] = place === 0 ? column++ : -1));
  const users = new Int32Array(items.length);
  let raters = 0;
  for (let user = 0; user + 1 < starts.length; user++)
    if (starts[user + 1]! > starts[user]!) users.fill(raters++, starts[user], starts[user + 1]);
  const shape = { userCount: raters, itemCount: itemIds.length, scale };
  const ratings: Ratings = { users, items: items.map((item) => columns[item]!), values, ...shape };
  return { ratings, itemIds };
}

/** The least and the greatest of one value or more. */
export function scaleOf(values: Float32Array): readonly [number, number] {
  let [low, high] = [values[0]!, values[0]!];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}
