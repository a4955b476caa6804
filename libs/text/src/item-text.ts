import { analyze } from './analyze.js';
import type { IndexedField } from './bm25-index.js';
import { cleanText } from './clean-text.js';

/** What is read of an item; an `Item` of the contract is one. */
export interface ItemText {
  readonly title: string;
  readonly description?: string | undefined;
  readonly categories?: readonly string[] | undefined;
  readonly brand?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly reviews?: string | undefined;
  readonly attributes?: Readonly<Record<string, AttributeValue | readonly AttributeValue[]>> | undefined;
}
type AttributeValue = string | number | boolean;

/** How much an occurrence in each field counts in lexical search. The one place where that is said. */
const BOOSTS = { title: 3, brand: 2, categories: 2, tags: 2, attributes: 1, description: 1 } as const;

/** An item's terms for BM25. Numbers and booleans among the attributes are for filters. */
export function indexedFields(item: ItemText): readonly IndexedField[] {
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

/** The text of an item that is embedded: title first, then what says most about it. */
export function documentText({ title, brand, categories, tags, description, reviews }: ItemText): string {
  const parts = [title, brand, categories?.join(', '), tags?.join(', '), description, reviews];
  return cleanText(parts.filter((part) => part !== undefined && part !== '').join('. '));
}
