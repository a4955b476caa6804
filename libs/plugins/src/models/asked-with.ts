import type { Taste } from '../taste/taste.js';

/** Whether a request asks with its seeds, and not with its user's history. */
export const asksBySeeds = (from: 'auto' | 'history' | 'seeds', itemIds: readonly string[]): boolean =>
  from === 'seeds' || (from === 'auto' && itemIds.length > 0);

/** Distinct seeds, all of one weight; the one that is named last counts as the most recent. */
export function tasteOfSeeds(ids: readonly string[]): Taste<string> {
  const keys = [...new Set(ids)].reverse();
  return { keys, weights: keys.map(() => 1) };
}
