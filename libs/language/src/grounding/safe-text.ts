import { withoutMarkup } from './markup.js';
import { tokensOf } from './tokens.js';

export interface SafeTextOptions {
  /** Longest result, in UTF-16 units. */
  readonly maxChars: number;
  /** Words and phrases that no shopper may read. */
  readonly blocked: readonly string[];
}

const SENTENCE_END = /[.!?…]+["'”’)\]]*(?=\s|$)|[。！？…]+["'”’」』）)]*/gu;
/** A dot after these ends no sentence. */
const ABBREVIATION =
  /(?<![\p{L}\p{N}])(?:\p{L}|e\.g|i\.e|mr|mrs|ms|dr|st|no|nr|vs|approx|ca|inc|ltd|dia|max|min|incl|excl|fig|vol)\.$/iu;
const LONGEST_ABBREVIATION = 8;
const SAYS_SOMETHING = /[\p{L}\p{N}]/u;
/** Longer texts are no answers to what was asked. */
const LONGEST_READ = 20_000;

/**
 * A model's text as it may be shown: plain (see `withoutMarkup`), at most `maxChars` long, ended where a sentence ends.
 * Undefined where nothing is left, where not even the first sentence fits, and where the text, cut or not, has a blocked
 * word: whole words, whatever their case, number, accents and width; of scripts without spaces, anywhere. Linear time.
 */
export function safeText(text: string, { maxChars, blocked }: SafeTextOptions): string | undefined {
  if (text.length > LONGEST_READ) return undefined;
  const plain = withoutMarkup(text);
  if (plain === undefined || hasBlocked(plain, blocked)) return undefined;
  const short = plain.length <= maxChars ? plain : plain.slice(0, lastEnd(plain, maxChars));
  return SAYS_SOMETHING.test(short) ? short : undefined;
}

/** The end of the last sentence that fits, 0 where none does. */
function lastEnd(text: string, maxChars: number): number {
  let end = 0;
  for (const match of text.matchAll(SENTENCE_END)) {
    const here = match.index + match[0].length;
    if (!(here <= maxChars)) break;
    const dot = match.index + 1;
    const isShort = match[0] === '.' && ABBREVIATION.test(text.slice(Math.max(0, dot - LONGEST_ABBREVIATION), dot));
    if (!isShort) end = here;
  }
  return end;
}

function hasBlocked(text: string, blocked: readonly string[]): boolean {
  const words = wordsOf(text);
  return blocked.some((phrase) => {
    const own = wordsOf(phrase);
    // What has no words ("!!!") is looked for as it is.
    return own === '' ? phrase.trim() !== '' && text.includes(phrase.trim()) : words.includes(own);
  });
}

/** Words with a space before and after each, so that one text is in another where its words are. */
function wordsOf(text: string): string {
  const terms = tokensOf(text).map(({ term }) => term);
  return terms.length === 0 ? '' : ` ${terms.join(' ')} `;
}
