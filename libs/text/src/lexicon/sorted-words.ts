import { EditRows } from './edits.js';
import { LONGEST_WORD } from './surface-words.js';

/** Rows `from ≤ row < to` of words, and how far they are from what was typed. */
export interface WordRange {
  readonly from: number;
  readonly to: number;
  readonly edits: number;
}

/**
 * Distinct words in order of their letters: a trie without nodes. The words with a given beginning are neighbors, and
 * each one continues where it parts from the one before (`#shared`), so that a walk computes common beginnings once.
 */
export class SortedWords {
  /** `[size]` */
  readonly words: readonly string[];
  /** Letters each word has in common with the one before `[size]`. */
  readonly #shared: Uint8Array;

  /** Words beyond 48 letters are cut: they may then meet. */
  constructor(words: Iterable<string>) {
    this.words = [...new Set([...words].map((word) => word.slice(0, LONGEST_WORD)))].sort();
    this.#shared = Uint8Array.from(this.words, (word, row) => sharedLetters(this.words[row - 1] ?? '', word));
  }

  /** Row of a word, −1 where it is not here. */
  row(word: string): number {
    const row = this.#firstNotBelow(word);
    return this.words[row] === word ? row : -1;
  }

  /** Words that begin so. */
  startingWith(prefix: string): WordRange {
    return { from: this.#firstNotBelow(prefix), to: this.#firstNotBelow(`${prefix}\uffff`), edits: 0 };
  }

  /** Words at most `bound` edits away, in order. */
  near(typed: string, bound: number): WordRange[] {
    return this.#walk(typed, bound, false);
  }

  /** Words with a beginning at most `bound` edits away, in order; the nearest beginning counts. */
  nearStart(typed: string, bound: number): WordRange[] {
    return this.#walk(typed, bound, true);
  }

  #walk(typed: string, bound: number, asPrefix: boolean): WordRange[] {
    const rows = new EditRows(typed.slice(0, LONGEST_WORD), bound, LONGEST_WORD);
    // Fewest edits between the typed word and any of the first p beginnings.
    const nearest = new Uint8Array(LONGEST_WORD + 1).fill(rows.at(0));
    const found: WordRange[] = [];
    let row = 0;
    while (row < this.words.length) {
      const word = this.words[row]!;
      let p = this.#shared[row]!;
      let alive = true;
      while (alive && p < word.length) {
        p++;
        alive = rows.advance(p, word.charCodeAt(p - 1), p > 1 ? word.charCodeAt(p - 2) : 0);
        nearest[p] = Math.min(nearest[p - 1]!, rows.at(p));
      }
      const next = alive ? row + 1 : this.#after(row, p);
      const edits = asPrefix ? nearest[p]! : alive ? rows.at(p) : bound + 1;
      if (edits <= bound) found.push({ from: row, to: next, edits });
      row = next;
    }
    return found;
  }

  /** The first row after `row` that parts from it before its letter `p`: what lies between shares the dead end. */
  #after(row: number, p: number): number {
    let next = row + 1;
    while (next < this.words.length && this.#shared[next]! >= p) next++;
    return next;
  }

  #firstNotBelow(text: string): number {
    let low = 0;
    let high = this.words.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.words[middle]! < text) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function sharedLetters(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let shared = 0;
  while (shared < most && a.charCodeAt(shared) === b.charCodeAt(shared)) shared++;
  return shared;
}
