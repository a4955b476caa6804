import { cleanText } from '@attune/text';

/**
 * A foreign text as data in a prompt: cleaned (markup, invisible and control characters), on one line, in double quotes
 * that nothing inside can close, at most `maxChars` characters of it.
 */
export const quoted = (text: string, maxChars: number): string => JSON.stringify(cleanText(text, { maxChars }));

/** Texts with their numbers from 1, a line each. */
export const numbered = (texts: readonly string[], maxChars: number): string =>
  texts.map((text, i) => `[${i + 1}] ${quoted(text, maxChars)}`).join('\n');
