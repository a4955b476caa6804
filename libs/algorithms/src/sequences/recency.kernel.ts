import { type ItemHistory } from '../data/sequences.js';

export interface RecencyOptions {
  /** Newest items that count, >= 1. Default 10. */
  readonly last?: number;
  /** Weight of an item beside that of the next newer one, above 0, at most 1. Default 0.8. */
  readonly decay?: number;
}

/**
 * The newest items of a history, each weighing `decay` times as much as the next newer one (times its own weight).
 * Turns any fold-in of a set of items into one that follows what a person does now.
 * Throws RangeError for bad options.
 */
export function recentHistory(history: ItemHistory, { last = 10, decay = 0.8 }: RecencyOptions = {}): ItemHistory {
  if (!(Number.isInteger(last) && last >= 1)) throw new RangeError(`last must be >= 1, got ${last}`);
  if (!(decay > 0 && decay <= 1)) throw new RangeError(`decay must lie above 0 and at most at 1, got ${decay}`);
  const count = history.rows.length;
  const from = Math.max(0, count - last);
  const places = Array.from({ length: count - from }, (_, k) => from + k);
  return {
    rows: places.map((h) => history.rows[h]!),
    weights: places.map((h) => (history.weights?.[h] ?? 1) * decay ** (count - 1 - h)),
  };
}
