import type { Item } from '@attune/sdk';
import { NO, YES } from '../grounding/evidence.js';
import { safeText } from '../grounding/safe-text.js';
import type { DescriptionStyle } from './description.style.js';
import { sayableAttributes, type SayableAttribute } from './sayable-attributes.js';
import type { Phrases } from './template.phrases.js';
import { labelIn, valueIn } from './translated.js';
import { UNIT_WORDS } from './words.table.js';

/** A sentence of each attribute: with its values in the language, else as they are. */
export function attributeWordings(
  item: Item,
  style: DescriptionStyle,
  phrases: Phrases,
): readonly (readonly string[])[] {
  return sayableAttributes(item).map((attribute) => wordingsOf(attribute, style, phrases));
}

function wordingsOf(
  { words, values }: SayableAttribute,
  { tone, language }: DescriptionStyle,
  phrases: Phrases,
): readonly string[] {
  const truth = values.length === 1 ? truthOf(values[0]!) : undefined;
  if (truth !== undefined) return [truth ? phrases.yes(readable(words)) : phrases.no(readable(words))];
  const { name, unit } = withUnit(words, values);
  const known = labelIn(name, language);
  const label = known ?? readable(name);
  const said = values
    .map((value) => (typeof value === 'number' ? `${value}${unit}` : textOf(value)))
    .filter((text) => text !== '');
  if (said.length === 0) return [];
  const how = { tone, isKnown: known !== undefined };
  const translated = said.map((value) => valueIn(value, known, language));
  return [phrases.attribute(label, translated, how), phrases.attribute(label, said, how)];
}

/** "width cm" with 30 is a width of 30 cm. */
function withUnit(words: string, values: SayableAttribute['values']): { readonly name: string; readonly unit: string } {
  const [, name, last = ''] = /^(.*\S)\s+(\S+)$/u.exec(words) ?? [];
  const unit = UNIT_WORDS.get(last.toLowerCase());
  if (name === undefined || unit === undefined || values.some((value) => typeof value !== 'number'))
    return { name: words, unit: '' };
  return { name, unit: ` ${unit}` };
}

function truthOf(value: string | number | boolean): boolean | undefined {
  const said = String(value).trim().toLowerCase();
  if (YES.has(said)) return true;
  return NO.has(said) ? false : undefined;
}

/** Words in lower case, but not abbreviations. */
const readable = (words: string): string =>
  words.replace(/(?<!\p{L})\p{Lu}(?=\p{Ll})/gu, (letter) => letter.toLowerCase());

const textOf = (value: string | boolean): string =>
  (safeText(String(value), { maxChars: 100, blocked: [] }) ?? '').replace(/[\s.。!！;；,，]+$/u, '');
