import { createHash } from 'node:crypto';

/**
 * Places of `ids` in an order that depends on nothing but which ids they are, and on the seed: the same candidates make the same
 * prompt whatever order they arrive in, and no place in it is better than another on average.
 */
export function canonicalOrder(ids: readonly string[], seed: number): readonly number[] {
  const keys = ids.map((id) => createHash('sha256').update(`${seed} ${id}`).digest('hex'));
  return Array.from(ids.keys()).sort((a, b) => (keys[a]! < keys[b]! ? -1 : keys[a]! > keys[b]! ? 1 : a - b));
}

/** Windows over a list, from its end to its beginning, as [from, to): each overlaps the one before (RankGPT, Sun et al. 2023). */
export function slidingWindows(size: number, window: number, step: number): readonly (readonly [number, number])[] {
  const windows: (readonly [number, number])[] = [];
  for (let to = size; ; to -= step) {
    windows.push([Math.max(0, to - window), to]);
    if (to <= window) return windows;
  }
}
