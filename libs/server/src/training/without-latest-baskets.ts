import { keptEvents, type TrainingData } from '@attune/sdk';

const PURCHASE = 'purchase';

/** A log as of before the latest moments of purchase, and when that is of each user. */
export interface EarlierLog {
  readonly data: TrainingData;
  /** Epoch milliseconds; Infinity for who bought at one moment at most. */
  until(userId: string): number;
}

/**
 * The log without each user's latest moments of purchase, and without what they did from the first of these on. A user's first
 * moment of purchase stays.
 */
export function withoutLatestBaskets(data: TrainingData, depth: number): EarlierLog {
  const cuts = cutsOf(data, depth);
  const ofUser = new Map(data.userIds.map((id, row) => [id, cuts[row]!]));
  return {
    data: keptEvents(data, (e) => data.at[e]! < cuts[data.users[e]!]!),
    until: (userId) => ofUser.get(userId) ?? Infinity,
  };
}

/** From when on each user is not looked at; never where they bought at one moment only. */
function cutsOf({ size, users, types, at, userIds, typeNames }: TrainingData, depth: number): readonly number[] {
  const purchase = typeNames.indexOf(PURCHASE);
  const moments: number[][] = userIds.map(() => []);
  // Events are in the order of their times.
  for (let e = 0; e < size; e++) {
    const ofUser = moments[users[e]!]!;
    if (types[e] === purchase && ofUser.at(-1) !== at[e]) ofUser.push(at[e]!);
  }
  return moments.map((all) => all[Math.max(1, all.length - depth)] ?? Infinity);
}
