import { defineScorer, type Item } from '@attune/sdk';
import { z } from 'zod';
import { tasteOf, tasteOptions } from '../taste/taste.js';

const options = tasteOptions.extend({
  halfLifeDays: z.number().positive().default(180),
  maxItems: z.int().min(1).max(1000).default(100),
  /** Priced items a user must have taken up; fewer are no level. */
  minItems: z.int().min(1).default(3),
  /** Deviation, in natural logarithms, of a user who always pays the same; his own comes on top. .35 = a third more or less. */
  width: z.number().positive().default(0.35),
});

/** Prices somebody takes up in one currency, as logarithms. */
interface Band {
  readonly level: number;
  readonly variance: number;
}

/**
 * How near each candidate's price is to what the user usually takes up: exp(−½ (Δ / σ)²), with Δ the difference of the
 * logarithms of the price and of the user's weighted mean, and σ² = `width`² + the variance of the user's own. In 0..1.
 * Only prices in one currency are compared. Abstains on items without a price, and for users with too few.
 */
export const priceBandScorer = defineScorer({
  id: 'price-band',
  version: '1.0.0',
  config: options,
  needs: ['history', 'items'],
  uses: ['documents'],
  traits: { coldUser: false },
  setup: ({ width, minItems, ...taste }, { documents }) => ({
    async score({ requests, offsets, candidates: { items } }, out, call) {
      const bands = await Promise.all(
        requests.map(async ({ history, now }) => {
          const { keys, weights } = tasteOf(history, history.items, taste, now);
          return keys.length < minItems
            ? new Map<string, Band>()
            : bandsOf(await documents.get(keys), weights, minItems);
        }),
      );
      if (call.deadline.signal.aborted) return;
      bands.forEach((byCurrency, r) => {
        if (byCurrency.size === 0) return;
        for (let c = offsets[r]!; c < offsets[r + 1]!; c++) {
          const price = priceOf(items[c]);
          const band = price && byCurrency.get(price.currency);
          if (band === undefined) continue;
          out[c] = Math.exp((-0.5 * (price!.log - band.level) ** 2) / (width ** 2 + band.variance));
        }
      });
    },
  }),
});

/** A price as it is compared; nothing where there is none, or a gift. */
function priceOf(item: Item | undefined): { readonly currency: string; readonly log: number } | undefined {
  if (item?.price === undefined || item.price.amount <= 0) return undefined;
  return { currency: item.price.currency, log: Math.log(item.price.amount) };
}

function bandsOf(
  items: readonly (Item | undefined)[],
  weights: readonly number[],
  minItems: number,
): ReadonlyMap<string, Band> {
  const sums = new Map<string, { count: number; weight: number; sum: number; squares: number }>();
  items.forEach((item, i) => {
    const price = priceOf(item);
    if (price === undefined) return;
    const { count, weight, sum, squares } = sums.get(price.currency) ?? { count: 0, weight: 0, sum: 0, squares: 0 };
    const w = weights[i]!;
    sums.set(price.currency, {
      count: count + 1,
      weight: weight + w,
      sum: sum + w * price.log,
      squares: squares + w * price.log ** 2,
    });
  });
  const enough = [...sums].filter(([, { count, weight }]) => count >= minItems && weight > 0);
  return new Map(
    enough.map(([currency, { weight, sum, squares }]) => {
      const level = sum / weight;
      return [currency, { level, variance: Math.max(0, squares / weight - level ** 2) }];
    }),
  );
}
