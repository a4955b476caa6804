import type { Item } from '@attune/sdk';
import { safeText } from '../grounding/safe-text.js';
import { sayableAttributes } from '../writing/sayable-attributes.js';
import type { WrittenLanguage } from '../writing/description.style.js';
import { withoutPersonalData } from '../personal-data.js';
import { labelIn, valueIn } from '../writing/translated.js';
import type { Money } from './said-constraints.js';

const [TITLE_CHARS, TEXT_CHARS, VALUE_CHARS, MOST_ATTRIBUTES] = [120, 240, 80, 8];
const FIELDS = {
  en: { price: 'price', brand: 'brand', categories: 'category', colon: ': ', comma: ', ', stop: '. ' },
  zh: { price: '价格', brand: '品牌', categories: '类别', colon: '：', comma: '、', stop: '。' },
} as const;

/** What items are told with. */
export interface Telling {
  readonly language: WrittenLanguage;
  /** Words that are not shown. */
  readonly blocked: readonly string[];
  readonly money: Money;
}

/** One line of a comparison, and of what is told of an item. */
export interface ToldField {
  readonly field: string;
  /** As people read it. */
  readonly label: string;
  /** Aligned with the items; empty where one has none. */
  readonly values: readonly string[];
}

/** A text of the catalogue as a reply has it: without markup, links and blocked words; cut to a length. */
export const toldText = (text: string | undefined, maxChars: number, { blocked }: Telling): string =>
  safeText(text ?? '', { maxChars, blocked }) ?? '';

export function toldTitle({ title }: Item, telling: Telling): string {
  // Cut in its middle, what identifies a person has no form any more by which it could be told.
  const whole = title.length <= TITLE_CHARS ? title : withoutPersonalData(title);
  return toldText(whole.slice(0, TITLE_CHARS), TITLE_CHARS, telling);
}

/** What the catalogue says of items, side by side: price, brand, category, then attributes in the order of the first ones. */
export function toldFields(items: readonly Item[], telling: Telling): readonly ToldField[] {
  const { language, money } = telling;
  const names = FIELDS[language];
  const told = (values: readonly (string | number | boolean)[], label?: string): string =>
    values.map((value) => toldText(valueIn(String(value), label, language), VALUE_CHARS, telling)).join(names.comma);
  const own = [
    { field: 'price', label: names.price, values: items.map(({ price }) => (price ? money(price.amount) : '')) },
    { field: 'brand', label: names.brand, values: items.map(({ brand }) => told(brand === undefined ? [] : [brand])) },
    { field: 'categories', label: names.categories, values: items.map(({ categories = [] }) => told(categories)) },
  ];
  const attributes = items.map((item) => new Map(sayableAttributes(item).map((one) => [one.words, one.values])));
  const labels = [...new Set(attributes.flatMap((one) => [...one.keys()]))].slice(0, MOST_ATTRIBUTES);
  const others = labels.map((words) => {
    const label = labelIn(words, language) ?? words;
    const values = attributes.map((one) => told(one.get(words) ?? [], label));
    return { field: words, label: toldText(label, VALUE_CHARS, telling), values };
  });
  return [...own, ...others].filter(({ label, values }) => label !== '' && values.some((value) => value !== ''));
}

/** Everything the catalogue says of one item, in sentences. */
export function toldItem(item: Item, telling: Telling): string {
  const { colon, stop } = FIELDS[telling.language];
  const fields = toldFields([item], telling).map(({ label, values }) => `${label}${colon}${values[0]!}`);
  const description = toldText(item.description, TEXT_CHARS, telling);
  return [toldTitle(item, telling), ...fields, ...(description === '' ? [] : [description])]
    .map((part) => part.replace(/[.。\s]+$/, ''))
    .filter((part) => part !== '')
    .map((part) => part + stop)
    .join('')
    .trim();
}
