import type { Item } from '@attune/sdk';
import { textHash } from '@attune/text';

/** Hash of what an embedding is made of: while it stays, the item's vectors stay. */
export function embeddedTextHash(item: Item): string {
  const { title, description, categories, tags, reviews, brand } = item;
  return textHash(JSON.stringify([title, description, categories, tags, reviews, brand]));
}
