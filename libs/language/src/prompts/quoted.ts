import { cleanText } from '@attune/text';
import { withoutPersonalData } from '../personal-data.js';

/** Longer than any text by which personal data are told: what is cut in its middle has no form any more. */
const BEYOND = 300;
/** What no screen shows and models read all the same, tags in particular; joiners also part what identifies somebody. */
const HIDDEN = /[\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\u{e0000}-\u{e0fff}]/gu;

/** A foreign text as prompts have it: cleaned, without what is hidden and without personal data, at most `maxChars` of it. */
export function told(text: string, maxChars: number): string {
  // Whole: what is hidden, as characters or as entities, may be as long as the rest.
  const seen = cleanText(text, { maxChars: Math.max(1, text.length) }).replace(HIDDEN, '');
  return cleanText(withoutPersonalData(seen.slice(0, maxChars + BEYOND)), { maxChars });
}

/**
 * A foreign text as data in a prompt: cleaned (markup, invisible and control characters), on one line, in double quotes
 * that nothing inside can close, at most `maxChars` characters of it.
 */
export const quoted = (text: string, maxChars: number): string => JSON.stringify(told(text, maxChars));

/** Texts with their numbers from 1, a line each. */
export const numbered = (texts: readonly string[], maxChars: number): string =>
  texts.map((text, i) => `[${i + 1}] ${quoted(text, maxChars)}`).join('\n');
