import { surfaceWords } from '@attune/text';
import type { HanWords } from './han.js';
import { digitsValue, hanValue, isHanNumeral, NUMBER_WORDS } from './numbers.js';

/** More of a text is not read. */
export const LONGEST_TEXT = 2000;
const UNSPACED = String.raw`(?=[\p{L}\p{N}\p{M}])[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]`;
const SPACED = String.raw`(?!${UNSPACED})[\p{L}\p{N}\p{M}]`;
const PIECE = new RegExp(
  String.raw`(?<number>[\d０-９]+(?:[.,][\d０-９]+)*)|(?<unspaced>(?:${UNSPACED})+)|` +
    String.raw`(?<word>(?:${SPACED})+(?:['\u2019\u02bc\uff07](?:${SPACED})+)*)|(?<sign>[^\s\p{Cc}\p{Cs}])`,
  'gu',
);
/** British spellings, and what English shops write instead. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/colour/, 'color'],
  [/^grey/, 'gray'],
  [/jewellery/, 'jewelry'],
  [/aluminium/, 'aluminum'],
];

/** A word, number or sign of a text. */
export interface Token {
  /** `[start, end)` in UTF-16 units of the text. */
  readonly start: number;
  readonly end: number;
  /** Folded as the platform's analyzer folds: width, case, accents, apostrophes; English spelling made one. */
  readonly text: string;
  readonly kind: 'word' | 'sign';
  /** What it stands for, where it is a number: in digits, Chinese numerals or one English word. */
  readonly number: number | undefined;
}

/** The tokens of a text, in order; of its first 2000 characters. Text without spaces is cut by `words`. */
export function tokensOf(text: string, words: Pick<HanWords, 'cut'>): readonly Token[] {
  const tokens: Token[] = [];
  for (const match of text.slice(0, LONGEST_TEXT).matchAll(PIECE)) {
    const { number, unspaced, word } = match.groups ?? {};
    if (number !== undefined) tokens.push(...numberTokens(number, match.index));
    else if (unspaced !== undefined) tokens.push(...unspacedTokens(unspaced, match.index, words));
    else if (word !== undefined) tokens.push(wordToken(word, match.index));
    else tokens.push(signAt(match.index, match[0]));
  }
  return tokens;
}

/** A name as it is compared: its tokens, with one space between. Plural and singular are the same. */
export const nameKey = (tokens: readonly Token[]): string => tokens.map(({ text }) => singular(text)).join(' ');

/** The singular of an English word, by its ending. Words of other scripts come back as they are. */
export function singular(word: string): string {
  if (!/^[a-z]{3,}s$/.test(word)) return word;
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (/(?:ss|x|zz|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return /(?:ss|us|is)$/.test(word) ? word : word.slice(0, -1);
}

/** Digits with separators are one number if they can be, else a number each. */
function numberTokens(raw: string, start: number): readonly Token[] {
  const folded = raw.normalize('NFKC');
  const value = digitsValue(folded);
  if (value !== undefined) return [wordAt(start, raw.length, folded, value)];
  return Array.from(folded.matchAll(/\d+|[.,]/g), ({ 0: piece, index }) =>
    /\d/.test(piece) ? wordAt(start + index, piece.length, piece, digitsValue(piece)) : signAt(start + index, piece),
  );
}

function unspacedTokens(raw: string, start: number, words: Pick<HanWords, 'cut'>): readonly Token[] {
  let at = start;
  // Character by character, so that a place in what is folded is a place in the text.
  const folded = Array.from(raw, (char) => {
    const plain = char.normalize('NFKC').toLowerCase();
    return plain.length === char.length ? plain : char;
  }).join('');
  return words.cut(folded).map((piece) => {
    const number = Array.from(piece).every(isHanNumeral) ? hanValue(piece) : undefined;
    at += piece.length;
    return wordAt(at - piece.length, piece.length, piece, number);
  });
}

function wordToken(raw: string, start: number): Token {
  const folded = surfaceWords(raw)
    .map(({ text }) => text)
    .join('');
  const text = SPELLINGS.reduce((word, [british, american]) => word.replace(british, american), folded);
  return wordAt(start, raw.length, text, NUMBER_WORDS.get(text));
}

function wordAt(start: number, length: number, text: string, number: number | undefined): Token {
  return { start, end: start + length, text, kind: 'word', number };
}

/** A sign; `&` is compared as a word. */
function signAt(start: number, sign: string): Token {
  const text = sign === '&' ? 'and' : sign.normalize('NFKC');
  return { start, end: start + sign.length, text, kind: 'sign', number: undefined };
}
