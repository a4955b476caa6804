import { sequencesOf, type TimedSequences, userCount } from '../data/sequences.js';

/** What one user bought at one moment. */
export interface Basket {
  readonly user: number;
  /** Ms since 1970. */
  readonly at: number;
  /** Rows of items. */
  readonly items: Int32Array;
}

/** The `back`-th latest basket of each user, 1 the latest, where there is one before it. */
export function latestBaskets(sequences: TimedSequences, back: number): readonly Basket[] {
  const { offsets, items, times } = sequences;
  const found: Basket[] = [];
  for (let user = 0; user < userCount(sequences); user++) {
    const [from, to] = [beginOf(sequences, user, back), beginOf(sequences, user, back - 1)];
    if (from > offsets[user]! && from < to) found.push({ user, at: times[from]!, items: items.subarray(from, to) });
  }
  return found;
}

/** All but the `back` latest baskets of each user; a user's first one stays. */
export function withoutLatest(sequences: TimedSequences, back: number): TimedSequences {
  const { offsets, items, times, itemCount } = sequences;
  const ends = Array.from({ length: userCount(sequences) }, (_, user) =>
    Math.max(beginOf(sequences, user, back), endOfFirst(sequences, user)),
  );
  const kept = ends.map((end, user) => items.subarray(offsets[user], end));
  const moments = new Float64Array(kept.reduce((sum, { length }) => sum + length, 0));
  let next = 0;
  ends.forEach((end, user) => {
    moments.set(times.subarray(offsets[user], end), next);
    next += end - offsets[user]!;
  });
  return { ...sequencesOf(kept, itemCount), times: moments };
}

/** Place where the `back` latest baskets of a user begin; the user's first place where there are not so many. */
function beginOf({ offsets, times }: TimedSequences, user: number, back: number): number {
  let place = offsets[user + 1]!;
  for (let basket = 0; basket < back && place > offsets[user]!; basket++) {
    const at = times[place - 1]!;
    while (place > offsets[user]! && times[place - 1] === at) place -= 1;
  }
  return place;
}

function endOfFirst({ offsets, times }: TimedSequences, user: number): number {
  let place = offsets[user]!;
  while (place < offsets[user + 1]! && times[place] === times[offsets[user]!]) place += 1;
  return place;
}
