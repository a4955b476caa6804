import type { Item } from '@attune/sdk';
import { cleanText } from '@attune/text';

/** The text of an item that is embedded: title first, then what says most about it. */
export function documentText({ title, brand, categories, tags, description, reviews }: Item): string {
  const parts = [title, brand, categories?.join(', '), tags?.join(', '), description, reviews];
  return cleanText(parts.filter((part) => part !== undefined && part !== '').join('. '));
}
