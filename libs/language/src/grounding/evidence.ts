import type { Item } from '@attune/sdk';
import { amountsIn, partsCountedAfter } from './amounts.js';
import { vouchedIn } from './concepts.js';
import { nameTree, type Lexicon } from './lexicon.js';
import type { PhraseTree } from './phrase-tree.js';
import { tokensOf } from './tokens.js';

/** What a text may speak of. */
export interface Evidence {
  /** Title, description, attribute values with their names, brand, categories, price … */
  readonly texts: readonly string[];
  /** Titles of items that may be named. What a name says of its own item is no evidence for what else is said. */
  readonly names?: readonly string[];
}

/** Evidence, read: what the words of a text are looked up in. */
export interface Vouched {
  readonly concepts: ReadonlySet<string>;
  /** `number|unit`; a number without a unit ends in the bar. */
  readonly amounts: ReadonlySet<string>;
  /** Terms of texts and names, as single words. */
  readonly words: ReadonlySet<string>;
  /** Names of the catalogue that texts and names hold. */
  readonly names: ReadonlySet<string>;
  /** The names that may be said, as phrases. */
  readonly sayable: PhraseTree<string>;
}

/** Signs of currencies, which prices are written with. */
const SIGNS: Readonly<Record<string, string>> = {
  USD: '$',
  AUD: '$',
  CAD: '$',
  NZD: '$',
  SGD: '$',
  HKD: '$',
  GBP: '£',
  EUR: '€',
  CNY: '¥',
  JPY: '¥',
  INR: '₹',
  KRW: '₩',
};
/** What says that an attribute is not so, and that it is. */
export const NO: ReadonlySet<string> = new Set(['no', 'false', 'none', 'n/a', '否', '无', '没有', '不支持']);
export const YES: ReadonlySet<string> = new Set(['yes', 'true', '是', '有', '支持']);

/**
 * What a text about an item may say: everything its shop says of it. Not its reviews: they are what others believe, and
 * anybody may write one. An attribute that is false or "no" is evidence against its name.
 */
export function evidenceOf({ title, description, categories, brand, tags, attributes, price }: Item): Evidence {
  const said = [title, description, ...(categories ?? []), brand, ...(tags ?? [])];
  const ofAttributes = Object.entries(attributes ?? {}).flatMap(([name, value]) =>
    [value].flat().map((one) => attributeText(name, one)),
  );
  const texts = [...said.filter((text) => text !== undefined), ...ofAttributes];
  if (price !== undefined) texts.push(...priceTexts(price));
  return { texts, names: [title] };
}

/** "width_cm" 30 says "width cm: 30 cm". */
function attributeText(name: string, value: string | number | boolean): string {
  const words = name
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
    .replace(/[_.\-:()[\]/]+/g, ' ')
    .trim();
  const said = String(value).trim();
  if (NO.has(said.toLowerCase())) return `not ${words}`;
  if (YES.has(said.toLowerCase())) return words;
  const last = words.split(' ').at(-1) ?? '';
  return typeof value === 'number' ? `${words}: ${said} ${last}` : `${words}: ${said}`;
}

function priceTexts({ amount, currency }: { readonly amount: number; readonly currency: string }): readonly string[] {
  const code = currency.toUpperCase();
  const sign = SIGNS[code];
  return [`${amount} ${code}`, ...(sign === undefined ? [] : [`${sign}${amount}`])];
}

/** Reads evidence, in time that grows with its length. */
export function vouchedBy({ texts, names = [] }: Evidence, lexicon: Lexicon): Vouched {
  const concepts = new Set<string>();
  const amounts = new Set<string>();
  const words = new Set<string>();
  const known = new Set<string>();
  for (const text of texts) {
    const tokens = tokensOf(text);
    for (const { concept } of vouchedIn(tokens, lexicon)) concepts.add(concept);
    for (const { readings, units, at, length } of amountsIn(tokens)) {
      const counted = units.includes('') ? partsCountedAfter(tokens, at + length) : [];
      for (const number of readings.flat()) for (const unit of [...units, ...counted]) amounts.add(`${number}|${unit}`);
    }
  }
  for (const text of [...texts, ...names]) {
    const tokens = tokensOf(text);
    for (const [at, { term }] of tokens.entries()) {
      words.add(term);
      for (const { value } of lexicon.names.all(tokens, at)) known.add(value);
    }
  }
  return { concepts, amounts, words, names: known, sayable: nameTree(names) };
}
