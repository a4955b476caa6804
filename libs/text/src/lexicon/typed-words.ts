import { editsBetween, editsToStart, typosAllowed } from './edits.js';
import type { SortedWords, WordRange } from './sorted-words.js';
import { surfaceWords } from './surface-words.js';

/** A run without spaces is looked up by this many characters from each of its places. */
const LONGEST_RUN = 16;
const MOST_TYPED_WORDS = 16;

/** A word of what is typed; `whole`: it is finished, and must be a word rather than begin one. */
export interface TypedWord {
  readonly text: string;
  readonly whole: boolean;
}

/** What is typed, as it is looked up: its first 16 words. */
export function typedWords(typed: string): readonly TypedWord[] {
  const words = surfaceWords(typed).slice(0, MOST_TYPED_WORDS);
  return words.map(({ text, unspaced }, i) => ({
    text: unspaced ? Array.from(text).slice(0, LONGEST_RUN).join('') : text,
    whole: i < words.length - 1 && !unspaced,
  }));
}

/** All words of a text, folded, with one space between: equal for texts with the same words. */
export const wordsJoined = (text: string): string =>
  surfaceWords(text)
    .map((word) => word.text)
    .join(' ');

/** Words an entry is found by: each word, and in scripts without spaces what follows from each character. */
export function startsOf(text: string): readonly string[] {
  return surfaceWords(text).flatMap(({ text: word, unspaced }) => {
    if (!unspaced) return [word];
    const characters = Array.from(word);
    return characters.map((_, at) => characters.slice(at, at + LONGEST_RUN).join(''));
  });
}

/** Words that are the typed one, or begin with it. */
export function exactRanges(words: SortedWords, { text, whole }: TypedWord): readonly WordRange[] {
  if (!whole) return [words.startingWith(text)];
  const row = words.row(text);
  return row < 0 ? [] : [{ from: row, to: row + 1, edits: 0 }];
}

/** As `exactRanges`, with as many typos as are forgiven. */
export function nearRanges(words: SortedWords, { text, whole }: TypedWord): readonly WordRange[] {
  const bound = typosAllowed(text);
  return whole ? words.near(text, bound) : words.nearStart(text, bound);
}

/** Whether joined words begin with those typed, each with as many typos as are forgiven. */
export function beginsNear(joined: string, typed: readonly TypedWord[]): boolean {
  const words = joined.split(' ', typed.length);
  return typed.every(({ text, whole }, i) => {
    const edits = whole ? editsBetween : editsToStart;
    return edits(text, words[i] ?? '', typosAllowed(text)) < Infinity;
  });
}
