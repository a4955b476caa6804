import type { Item } from '@attune/sdk';
import { languageTold } from '../enrichment/language-told.js';
import { evidenceOf } from '../grounding/evidence.js';
import { inventionsIn, type Invention } from '../grounding/inventions.js';
import type { GroundingFacts } from '../grounding/lexicon.js';
import { safeText } from '../grounding/safe-text.js';
import { DESCRIPTION_CHARS, type DescriptionStyle } from './description.style.js';

/** What a text about an item is held to. */
export interface DescriptionCheck {
  readonly item: Item;
  readonly style: Pick<DescriptionStyle, 'length' | 'language'>;
  readonly facts: GroundingFacts;
  /** Words and phrases that no shopper may read. */
  readonly blocked: readonly string[];
}

/** A text that may be shown, what it invented, or why there is none. */
export type HeldDescription =
  | { readonly text: string }
  | { readonly inventions: readonly [Invention, ...Invention[]] }
  | { readonly unusable: string };

/**
 * Holds a model's description to the item: plain and short enough (see `safeText`), in the language asked for as far as one
 * can tell, and with nothing that the item's data do not say (see `inventionsIn`).
 */
export function heldDescription(answer: string, { item, style, facts, blocked }: DescriptionCheck): HeldDescription {
  const text = safeText(answer, { maxChars: DESCRIPTION_CHARS[style.length], blocked });
  if (text === undefined)
    return { unusable: 'nothing of the text may be shown: empty, too long, or with a blocked word' };
  if (!isIn(text, item, style.language))
    return { unusable: `the text is not in the language asked for, ${style.language}` };
  const [first, ...more] = inventionsIn(text, evidenceOf(item), facts);
  return first === undefined ? { text } : { inventions: [first, ...more] };
}

/** Names are of any language. Too little to tell passes for English, as names and measures alone do. */
function isIn(text: string, { title, brand }: Item, language: DescriptionStyle['language']): boolean {
  const names = [title, brand ?? ''].filter((name) => name.trim() !== '');
  const own = names.reduce((rest, name) => rest.replaceAll(name, ' '), text);
  const told = languageTold(own)?.language;
  return language === 'en' ? told === undefined || told === 'en' : told === language;
}
