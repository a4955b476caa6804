import type { Item } from '@attune/sdk';

/** An attribute that a shopper may read of. */
export interface SayableAttribute {
  /** As words: "width cm" for `width_cm` and `widthCm`. */
  readonly words: string;
  /** At least one. */
  readonly values: readonly (string | number | boolean)[];
}

/** Codes, addresses, and what a shop keeps to itself or what is another number tomorrow. */
const NOT_SAID =
  /(?:^|\s)(?:sku|ean|gtin|mpn|isbn|asin|upc|hs|id|ids|code|url|uri|link|image|cost|costs|margin|markup|profit|wholesale|supplier|vendor|warehouse|stock|inventory|quantity|rating|ratings|score|rank|popularity|sales|sold|views|clicks|internal|hidden|货号|条码|编码|成本|毛利|进价|供应商|库存|销量|评分)(?:\s|$)/iu;
/** Longer values are texts. */
const LONGEST_VALUE = 60;
const [MOST_ATTRIBUTES, MOST_VALUES] = [40, 12];
const ADDRESS = /:\/\/|@/;

/** Words of an attribute's name. */
const wordsOf = (name: string): string =>
  name
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
    .replace(/[^\p{L}\p{M}\p{N}%]+/gu, ' ')
    .trim();

/** Attributes that may be told to a language model and to shoppers, in the order of the item, at most 40. */
export function sayableAttributes({ attributes = {} }: Pick<Item, 'attributes'>): readonly SayableAttribute[] {
  return Object.entries(attributes)
    .map(([name, given]) => ({ words: wordsOf(name), values: [given].flat().filter(isSayable).slice(0, MOST_VALUES) }))
    .filter(({ words, values }) => words !== '' && values.length > 0 && !NOT_SAID.test(words))
    .slice(0, MOST_ATTRIBUTES);
}

function isSayable(value: string | number | boolean): boolean {
  if (typeof value !== 'string') return true;
  return value.trim() !== '' && value.length <= LONGEST_VALUE && !ADDRESS.test(value);
}
