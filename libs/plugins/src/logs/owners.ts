import type { TrainingData } from '@attune/sdk';

/** Whose each event is: a user's, a basket's, a session's. */
export interface Owners {
  /** `[size]`, 0..count-1; −1 = nobody's, not learned from. */
  readonly rows: Int32Array;
  readonly count: number;
}

/** Each event is its user's. */
export const usersOf = (data: TrainingData): Owners => ({ rows: data.users, count: data.userIds.length });

/** A user's events with no pause longer than `gapMs` between them are one basket; numbered in the order they begin. */
export function basketsOf(data: TrainingData, types: readonly string[], gapMs: number): Owners {
  const wanted = data.typeNames.map((name) => types.includes(name));
  const rows = new Int32Array(data.size).fill(-1);
  const current = new Int32Array(data.userIds.length);
  const last = new Float64Array(data.userIds.length).fill(-Infinity);
  let count = 0;
  for (let e = 0; e < data.size; e++) {
    if (wanted[data.types[e]!] !== true) continue;
    const user = data.users[e]!;
    if (data.at[e]! - last[user]! > gapMs) current[user] = count++;
    last[user] = data.at[e]!;
    rows[e] = current[user]!;
  }
  return { rows, count };
}

/** Those of the owners with the newest events, at most so many, the oldest first; owners without events are left out. */
export function newestOf(data: TrainingData, types: readonly string[], owners: Owners, most: number): Owners {
  const wanted = data.typeNames.map((name) => types.includes(name));
  const newest: number[] = [];
  const place = new Int32Array(owners.count).fill(-1);
  for (let e = data.size - 1; e >= 0 && newest.length < most; e--) {
    const owner = owners.rows[e]!;
    if (wanted[data.types[e]!] !== true || owner < 0 || place[owner] !== -1) continue;
    place[owner] = newest.push(owner);
  }
  const count = newest.length;
  return { rows: owners.rows.map((owner) => (owner < 0 || place[owner] === -1 ? -1 : count - place[owner]!)), count };
}
