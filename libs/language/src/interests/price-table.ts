import type { Interests } from './interests.types.js';
import { compare } from './value-table.js';

type Price = Interests['prices'][number];

const MOST_PRICES = 20;

/** What is paid for things of a category, while events are read: sums, so that the order of events does not matter. */
export class PriceTable {
  readonly #prices = new Map<string, Price>();

  constructor(prices: Interests['prices'], scale: number) {
    for (const [category, currency, weight, sum, squares, events, lastAt] of prices)
      this.#put([category, currency, weight * scale, sum * scale, squares * scale, events, lastAt]);
  }

  /** `amount` above 0. */
  add(
    place: { readonly category: string; readonly currency: string },
    amount: number,
    weight: number,
    at: number,
  ): void {
    const { category, currency } = place;
    const x = Math.log(amount);
    const first: Price = [category, currency, 0, 0, 0, 0, at];
    const [, , before, sum, squares, events, lastAt] = this.#prices.get(keyOf(category, currency)) ?? first;
    const sums = [before + weight, sum + weight * x, squares + weight * x * x] as const;
    this.#put([category, currency, ...sums, events + 1, Math.max(lastAt, at)]);
  }

  /** See `ValueTable.trim`. */
  trim(): void {
    while (this.#prices.size > MOST_PRICES) {
      const [weakest] = [...this.#prices].sort(([a, x], [b, y]) => x[2] - y[2] || compare(a, b));
      this.#prices.delete(weakest![0]);
    }
  }

  told(): Interests['prices'] {
    return [...this.#prices].sort(([a], [b]) => compare(a, b)).map(([, price]) => price);
  }

  #put(price: Price): void {
    this.#prices.set(keyOf(price[0], price[1]), price);
  }
}

const keyOf = (category: string, currency: string): string => JSON.stringify([category, currency]);
