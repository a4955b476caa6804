import type { Item } from '@attune/sdk';
import { evidenceOf } from '../grounding/evidence.js';
import { inventionsIn } from '../grounding/inventions.js';
import { safeText } from '../grounding/safe-text.js';
import { DESCRIPTION_CHARS, type DescriptionStyle } from './description.style.js';
import type { DescriptionCheck } from './held-description.js';
import { attributeWordings } from './template-attributes.js';
import { PHRASES, type Phrases } from './template.phrases.js';

/** Of a title too long for the description, these shares of the room are tried: a cut must not part a number and its unit. */
const CUTS = [1, 0.8, 0.6];
/** What a sentence takes around a title that is cut. */
const OPENING_CHARS = 30;
const [MOST_NAMES, LONGEST_NAME] = [5, 60];

/** A sentence that may be written in several ways, the best first. */
type Wordings = readonly string[];

/**
 * A description made of an item's own data by fixed sentences, in the order of what matters; those that fit. Without reviews,
 * the price and the description so far: a text outlives prices, and the old one needs no repeating. Each sentence is
 * held to the same as a model's text, so that nothing in it is invented. Undefined where not even the title may be shown.
 */
export function templateDescription(
  item: Item,
  style: DescriptionStyle,
  { facts, blocked }: Pick<DescriptionCheck, 'facts' | 'blocked'>,
): string | undefined {
  const maxChars = DESCRIPTION_CHARS[style.length];
  const phrases = PHRASES[style.language];
  const safe = (text: string): string | undefined => safeText(text, { maxChars, blocked });
  const sentences = sentencesOf(item, style, phrases).map((wordings) =>
    wordings.map(safe).filter((text) => text !== undefined),
  );
  const isGrounded = groundedAmong(sentences.flat(), item, facts);
  const [opening, ...others] = sentences.map((wordings) => wordings.find(isGrounded));
  if (opening === undefined) return undefined;
  let text = opening;
  for (const sentence of others) {
    const longer = `${text}${phrases.gap}${sentence ?? ''}`;
    if (sentence !== undefined && longer.length <= maxChars) text = longer;
  }
  // Two sentences may say together what neither says: quotes that pair across them, a blocked phrase.
  const isFine = safe(text) === text && inventionsIn(text, evidenceOf(item), facts).length === 0;
  return isFine ? text : opening;
}

function sentencesOf(item: Item, style: DescriptionStyle, phrases: Phrases): readonly Wordings[] {
  const names = (given: readonly string[] | undefined): readonly string[] =>
    (given ?? [])
      .map((path) => plain(path.split(/[>|]/).at(-1) ?? ''))
      .filter((name) => name !== '' && name.length <= LONGEST_NAME)
      .slice(0, MOST_NAMES);
  const [categories, tags] = [names(item.categories), names(item.tags)];
  const isBrief = style.length === 'short';
  const closing = phrases.closing[style.tone];
  return [
    openings(item, style, phrases),
    ...attributeWordings(item, style, phrases),
    categories.length === 0 ? [] : [phrases.categories(categories)],
    isBrief || tags.length === 0 ? [] : [phrases.tags(tags)],
    isBrief || closing === undefined ? [] : [closing],
  ];
}

/** With the brand where the title has it not; else the title alone, at last without its end. */
function openings({ title, brand = '' }: Item, { tone, length }: DescriptionStyle, { opening }: Phrases): Wordings {
  const [name, maker] = [plain(title), plain(brand)];
  if (name === '') return [];
  const withBrand = maker !== '' && !name.toLowerCase().includes(maker.toLowerCase());
  const room = DESCRIPTION_CHARS[length] - OPENING_CHARS;
  return [
    ...(withBrand ? [opening(name, maker, tone)] : []),
    opening(name, undefined, tone),
    ...CUTS.map((share) => opening(`${cut(name, share * room)}…`, undefined, tone)),
  ];
}

/** On one line, without markup and without the end of a sentence: the sentence around it has one. */
const plain = (text: string): string =>
  (safeText(text, { maxChars: text.length, blocked: [] }) ?? '').replace(/[\s.。!！?？,，;；:：]+$/u, '');

/** At most so many characters, ended before a word where it has white space. */
function cut(text: string, maxChars: number): string {
  const short = text.slice(0, maxChars).replace(/\p{Cs}$/u, '');
  return short.length === text.length ? text : short.replace(/\s\S*$/, '');
}

/** Which of these texts say nothing that the item's data do not: all are looked at at once, for evidence is read each time. */
function groundedAmong(
  texts: readonly string[],
  item: Item,
  facts: DescriptionCheck['facts'],
): (text: string) => boolean {
  const invented = inventionsIn(texts.join('\n'), evidenceOf(item), facts).map(({ span }) => span);
  const bad = new Set<string>();
  let from = 0;
  for (const text of texts) {
    const to = from + text.length;
    if (invented.some(([begin, end]) => begin < to && end > from)) bad.add(text);
    from = to + 1;
  }
  return (text) => !bad.has(text);
}
