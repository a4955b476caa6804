import type { Facts } from '@attune/language/understanding';
import type { Item } from '@attune/sdk';

/** Values of one field; the first ones in the catalogue's order. */
const MOST_VALUES = 5_000;

/** Collects what the items of a catalogue say, one after the other. */
export class FactsCollector {
  readonly #attributes: ReadonlyMap<string, Set<string>>;
  readonly #categories = new Set<string>();
  readonly #brands = new Set<string>();
  /** Prices by currency. */
  readonly #currencies = new Map<string, number>();
  #items = 0;

  /** @param keywords names of attributes, in the order in which they are meant */
  constructor(keywords: readonly string[]) {
    this.#attributes = new Map(keywords.map((name) => [name, new Set<string>()]));
  }

  /** Number of items taken. */
  get items(): number {
    return this.#items;
  }

  take({ brand, categories = [], price, attributes = {} }: Item): void {
    this.#items++;
    if (brand !== undefined) add(this.#brands, brand);
    for (const category of categories) add(this.#categories, category);
    if (price !== undefined) this.#currencies.set(price.currency, (this.#currencies.get(price.currency) ?? 0) + 1);
    for (const [name, values] of this.#attributes) {
      if (!Object.hasOwn(attributes, name)) continue;
      for (const value of [attributes[name]!].flat()) if (typeof value === 'string') add(values, value);
    }
  }

  /** What was said so far. */
  wishes(): Facts {
    const [usual] = [...this.#currencies].sort((a, b) => b[1] - a[1]);
    return {
      attributes: new Map([...this.#attributes].map(([name, values]) => [name, [...values]])),
      categories: [...this.#categories],
      brands: [...this.#brands],
      currency: usual?.[0],
    };
  }
}

function add(values: Set<string>, value: string): void {
  if (values.size < MOST_VALUES) values.add(value);
}
