import { keptEvents, type TrainingData } from '@attune/sdk';

/** What a user who was held out had, and the item that came next; rows of `itemIds` of the data. */
export interface HeldOutUser {
  /** Distinct, most recent first. */
  readonly history: readonly number[];
  readonly next: number;
}

export interface HoldOut {
  readonly users: readonly HeldOutUser[];
  /** The data without them; ids keep their rows. */
  readonly rest: TrainingData;
}

/** Share of the users who can be asked that are held out, and the most and fewest of them. */
const SHARE = 0.1;
const MOST = 500;
const FEWEST = 20;

/**
 * Holds out users by chance. Each is to be told their newest item, the last that they took up for the first time, from
 * what they had before. Undefined where fewer than 200 users have two items: so few say nothing.
 */
export function holdOutUsers(data: TrainingData, types: readonly string[], random: () => number): HoldOut | undefined {
  const { starts, items } = itemsByUser(data, types);
  const able: number[] = [];
  for (let user = 0; user < data.userIds.length; user++)
    if (hasTwo(items.subarray(starts[user], starts[user + 1]))) able.push(user);
  const chosen = chosenOf(able, random);
  if (chosen === undefined) return undefined;
  const users = chosen.map((user) => caseOf(items.subarray(starts[user], starts[user + 1])));
  return { users, rest: withoutUsers(data, chosen) };
}

/** A tenth of those who can be asked, at most 500, by chance; undefined where fewer than 200 can be. */
export function chosenOf(able: readonly number[], random: () => number): readonly number[] | undefined {
  const count = Math.min(MOST, Math.floor(able.length * SHARE));
  if (count < FEWEST) return undefined;
  const drawn = [...able];
  for (let k = 0; k < count; k++) {
    const other = k + Math.floor(random() * (drawn.length - k));
    [drawn[k], drawn[other]] = [drawn[other]!, drawn[k]!];
  }
  return drawn.slice(0, count);
}

/** The data without the events of some users; ids keep their rows. */
export function withoutUsers(data: TrainingData, users: readonly number[]): TrainingData {
  const left = new Set(users);
  return keptEvents(data, (e) => !left.has(data.users[e]!));
}

/** Items of each user in the order of the log: those of user u are from `starts[u]` to `starts[u + 1]`. */
function itemsByUser(
  data: TrainingData,
  types: readonly string[],
): { readonly starts: Int32Array; readonly items: Int32Array } {
  const wanted = data.typeNames.map((name) => types.includes(name));
  const starts = new Int32Array(data.userIds.length + 1);
  for (let e = 0; e < data.size; e++) if (wanted[data.types[e]!] === true) starts[data.users[e]! + 1]! += 1;
  for (let user = 0; user < data.userIds.length; user++) starts[user + 1]! += starts[user]!;
  const next = starts.slice();
  const items = new Int32Array(starts[data.userIds.length]!);
  for (let e = 0; e < data.size; e++)
    if (wanted[data.types[e]!] === true) items[next[data.users[e]!]!++] = data.items[e]!;
  return { starts, items };
}

const hasTwo = (items: Int32Array): boolean => items.some((item) => item !== items[0]);

function caseOf(items: Int32Array): HeldOutUser {
  const next = [...new Set(items)].at(-1)!;
  const before = items.subarray(0, items.indexOf(next));
  return { history: [...new Set(before.toReversed())], next };
}
