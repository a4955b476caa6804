import { faded } from './fading.js';
import type { Shopper } from './purchase-log.js';

/** What one person did with one item so far. */
export interface OwnItem {
  /** Baskets that it was in. */
  count: number;
  readonly firstAt: number;
  lastAt: number;
  /** Number of the basket that it was last in, from 0. */
  lastBasket: number;
}

/** What one person bought so far. */
export interface OwnItems {
  readonly byRow: ReadonlyMap<number, OwnItem>;
  readonly baskets: number;
  /** Moment of the latest; NaN where there is none. */
  readonly latestAt: number;
  /** Sizes of all baskets together. */
  readonly lines: number;
}

/** Counts a person's baskets and items; an item counts once a basket. */
export function ownItemsOf({ rows, times }: Shopper): OwnItems {
  const byRow = new Map<number, OwnItem>();
  let [baskets, latestAt, lines] = [0, NaN, 0];
  for (let k = 0; k < rows.length; k++) {
    const [row, at] = [rows[k]!, times[k]!];
    if (at !== latestAt) [baskets, latestAt] = [baskets + 1, at];
    const own = byRow.get(row);
    if (own === undefined) byRow.set(row, { count: 1, firstAt: at, lastAt: at, lastBasket: baskets - 1 });
    else if (own.lastAt === at) continue;
    else {
      own.count += 1;
      own.lastAt = at;
      own.lastBasket = baskets - 1;
    }
    lines += 1;
  }
  return { byRow, baskets, latestAt, lines };
}

/** How often a person bought every item, a purchase counting half as much after every half-life: [items]. */
export function ownInterests({ rows, times, at }: Shopper, itemCount: number, halfLifeDays: number): Float32Array {
  const counts = new Float32Array(itemCount);
  for (let k = 0; k < rows.length; k++) counts[rows[k]!]! += faded(at - times[k]!, halfLifeDays);
  return counts;
}

/** Scores of what a person does not have; −Infinity for what they have. */
export const ofOthers = (scores: Float32Array, { byRow }: OwnItems): Float32Array =>
  scores.map((score, item) => (byRow.has(item) ? -Infinity : score));
