import type { Item } from '@attune/sdk';

/** What a model that reads pairs is shown of an item: title, brand and the beginning of the description. */
export const itemText = ({ title, brand, description }: Item, maxChars: number): string =>
  [title, brand, description]
    .filter((part) => part !== undefined)
    .join('. ')
    .slice(0, maxChars);
