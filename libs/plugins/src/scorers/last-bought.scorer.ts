import { defineScorer, type EventColumns } from '@attune/sdk';
import { z } from 'zod';
import { DAY_MS } from '../counts/days.js';

const options = z.strictObject({
  /** Event types that count as a purchase. */
  types: z.array(z.string()).min(1).default(['purchase']),
  /** What is counted since: days, or the user's own later moments of purchase. */
  in: z.enum(['days', 'baskets']).default('days'),
});

/** What one user bought: for each item when last, and in which of their baskets from 0; and how many there are. */
interface Bought {
  readonly last: ReadonlyMap<string, { readonly at: number; readonly basket: number }>;
  readonly baskets: number;
}

/**
 * How long ago the user bought a candidate last, in days or in baskets of theirs since: smaller is more recent, so that in a
 * weighted sum its weight is negative. Abstains on what the user never bought.
 */
export const lastBoughtScorer = defineScorer({
  id: 'last-bought',
  version: '1.0.0',
  config: options,
  needs: ['history'],
  traits: { coldUser: false, coldItem: false },
  setup: ({ types, in: unit }) => {
    const purchases = new Set(types);
    return {
      score({ requests, offsets, candidates }, out) {
        requests.forEach(({ history, now }, r) => {
          const { last, baskets } = boughtBy(history, purchases);
          if (last.size === 0) return;
          for (let c = offsets[r]!; c < offsets[r + 1]!; c++) {
            const own = last.get(candidates.ids[c]!);
            if (own !== undefined) out[c] = unit === 'days' ? (now - own.at) / DAY_MS : baskets - 1 - own.basket;
          }
        });
      },
    };
  },
});

/** Events are in the order of their times; those of one moment are one basket. */
function boughtBy({ size, items, types, at }: EventColumns, purchases: ReadonlySet<string>): Bought {
  const last = new Map<string, { at: number; basket: number }>();
  let [baskets, latest] = [0, NaN];
  for (let i = 0; i < size; i++) {
    if (!purchases.has(types[i]!) || items[i] === '') continue;
    if (at[i] !== latest) [baskets, latest] = [baskets + 1, at[i]!];
    last.set(items[i]!, { at: at[i]!, basket: baskets - 1 });
  }
  return { last, baskets };
}
