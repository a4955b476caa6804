import type { Item } from '@attune/sdk';
import { analyze, textHash, type IndexedField } from '@attune/text';

/** How much an occurrence in each field counts in lexical search. The one place where that is said. */
const BOOSTS = { title: 3, brand: 2, categories: 2, tags: 2, attributes: 1, description: 1 } as const;

/** An item's terms for BM25. Numbers and booleans among the attributes are for filters. */
export function indexedFields(item: Item): readonly IndexedField[] {
  const attributes = Object.values(item.attributes ?? {}).flat();
  const texts: Readonly<Record<keyof typeof BOOSTS, readonly string[]>> = {
    title: [item.title],
    brand: item.brand === undefined ? [] : [item.brand],
    categories: item.categories ?? [],
    tags: item.tags ?? [],
    attributes: attributes.filter((value) => typeof value === 'string'),
    description: item.description === undefined ? [] : [item.description],
  };
  return (Object.keys(BOOSTS) as (keyof typeof BOOSTS)[]).map((field) => ({
    tokens: texts[field].flatMap(analyze),
    boost: BOOSTS[field],
  }));
}

/** Hash of what an embedding is made of: while it stays, the item's vectors stay. */
export function embeddedTextHash(item: Item): string {
  const { title, description, categories, tags, reviews, brand } = item;
  return textHash(JSON.stringify([title, description, categories, tags, reviews, brand]));
}
