import type { Item } from '@attune/sdk';

/** What shoppers choose items by. `price`: its band; `attributes`: each attribute of text or yes and no is a field. */
export type FeatureField = 'category' | 'brand' | 'price' | 'attributes' | 'tags';

/** One field of an item and what it says there, distinct; at least one value. */
export interface Feature {
  readonly kind: FeatureField;
  /** `category`, `price:GBP`, `attribute:color`, … */
  readonly field: string;
  readonly values: readonly string[];
}

/** Items are never changed in place: a new version is a new object. */
const known = new WeakMap<Item, readonly Feature[]>();

/** The features of an item; fields without values are left out. */
export function featuresOf(item: Item): readonly Feature[] {
  let features = known.get(item);
  if (features === undefined) known.set(item, (features = [...read(item)]));
  return features;
}

function* read({ categories = [], brand, price, attributes = {}, tags = [] }: Item): Generator<Feature> {
  yield* feature('category', 'category', categories);
  if (brand !== undefined) yield* feature('brand', 'brand', [brand]);
  if (price !== undefined) yield* feature('price', `price:${price.currency}`, [bandOf(price.amount)]);
  for (const [name, given] of Object.entries(attributes)) {
    const values = [given].flat().filter((value) => typeof value !== 'number');
    yield* feature('attributes', `attribute:${name}`, values.map(String));
  }
  yield* feature('tags', 'tags', tags);
}

function* feature(kind: FeatureField, field: string, values: readonly string[]): Generator<Feature> {
  if (values.length > 0) yield { kind, field, values: [...new Set(values)] };
}

/** Prices up to a factor of √2 apart share a band. */
function bandOf(amount: number): string {
  return amount > 0 ? String(Math.floor(2 * Math.log2(amount))) : 'free';
}
