import type { Vouched } from './evidence.js';
import { ordinaryTerms, type Lexicon } from './lexicon.js';
import type { Token } from './tokens.js';

/** Tokens from `at` on that a text says with a capital, or in quotes. */
export interface Named {
  readonly at: number;
  readonly length: number;
}

const QUOTED =
  /["“”]([^"“”\n]{2,120})["“”]|[「『《]([^」』》\n]{1,120})[」』》]|(?<![\p{L}\p{N}])['‘]([^'’‘\n]{2,120})['’](?![\p{L}\p{N}])/gu;

/** For each token whether it is part of a name that may be said: what such a name says is not asked for evidence. */
export function sayableTokens(text: string, tokens: readonly Token[], { sayable }: Vouched): readonly boolean[] {
  const covered = new Array<boolean>(tokens.length).fill(false);
  const quoted = quotedTokens(text, tokens);
  let end = 0;
  for (const at of tokens.keys()) {
    if (at < end) continue;
    const length = sayable.longest(tokens, at)?.length ?? 0;
    // One word may be a name, or just a word.
    const isName = length > 1 || (length === 1 && (isCapital(tokens[at]!) || quoted[at] === true));
    if (!isName) continue;
    end = at + length;
    covered.fill(true, at, end);
  }
  return covered;
}

/**
 * Names that nothing vouches for: those of the catalogue, what is quoted, and words with a capital that does not come from
 * where they stand in the sentence.
 */
export function foreignNames(
  text: string,
  tokens: readonly Token[],
  covered: readonly boolean[],
  { vouched, lexicon }: { readonly vouched: Vouched; readonly lexicon: Lexicon },
): readonly Named[] {
  const quoted = quotedTokens(text, tokens);
  const found: Named[] = [];
  let at = 0;
  while (at < tokens.length) {
    const match = covered[at] === true ? undefined : lexicon.names.longest(tokens, at);
    if (match !== undefined && !vouched.names.has(match.value) && standsOut(tokens, at, match.length, quoted)) {
      found.push({ at, length: match.length });
      at += match.length;
      continue;
    }
    if (covered[at] !== true && isStrange(tokens[at]!, vouched, quoted[at] === true)) found.push({ at, length: 1 });
    at++;
  }
  return found;
}

/** Capitals throughout ("FSC") mean something at the beginning of a sentence too. */
const isCapital = ({ capital, allCapitals, opensSentence }: Token): boolean =>
  allCapitals || (capital && !opensSentence);

/** Whether a name of the catalogue is meant as one, not by chance made of the same words. */
function standsOut(tokens: readonly Token[], at: number, length: number, quoted: readonly boolean[]): boolean {
  const own = tokens.slice(at, at + length);
  if (quoted[at] === true) return true;
  // Scripts without spaces have no capitals.
  if (own.every(({ kind }) => kind !== 'word')) return length > 1;
  const words = own.filter(({ kind, term }) => kind === 'word' && !ordinaryTerms().has(term));
  if (words.length === 0) return own.some(isCapital);
  return words.filter(({ capital }) => capital).length * 2 >= words.length;
}

function isStrange(token: Token, { words }: Vouched, inQuotes: boolean): boolean {
  if (words.has(token.term) || ordinaryTerms().has(token.term)) return false;
  return token.kind === 'word' ? isCapital(token) || inQuotes : token.kind === 'char' && inQuotes;
}

function quotedTokens(text: string, tokens: readonly Token[]): readonly boolean[] {
  const quoted = new Array<boolean>(tokens.length).fill(false);
  let at = 0;
  for (const { index, 0: found } of text.matchAll(QUOTED)) {
    while (at < tokens.length && tokens[at]!.from < index) at++;
    for (; at < tokens.length && tokens[at]!.to <= index + found.length; at++) quoted[at] = true;
  }
  return quoted;
}
