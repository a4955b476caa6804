import { fold } from '../analyze.js';
import { cutSafely, isAscii } from '../unicode.js';
import { splitByScript } from '../unspaced.js';

const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
const LONGEST_TEXT = 2000;
/** Longer words are no words of a language. */
export const LONGEST_WORD = 48;

/** One word as it is written, folded as `analyze` folds it, but not stemmed and with stop words kept. */
export interface SurfaceWord {
  readonly text: string;
  /** Whether its script writes no spaces between words: such a "word" is a whole run of them. */
  readonly unspaced: boolean;
}

/** The words of a text as a reader sees them, in order, repeats kept; of its first 2000 characters. */
export function surfaceWords(text: string): SurfaceWord[] {
  const words: SurfaceWord[] = [];
  for (const [word] of fold(cutSafely(text, LONGEST_TEXT)).matchAll(WORD)) {
    const runs = isAscii(word) ? [{ text: word, unspaced: false }] : splitByScript(word);
    for (const run of runs) words.push({ text: cutSafely(run.text, LONGEST_WORD), unspaced: run.unspaced });
  }
  return words;
}
