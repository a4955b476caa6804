import { typosAllowed } from './edits.js';
import { SortedWords } from './sorted-words.js';
import { surfaceWords } from './surface-words.js';

/** A text with its spelling mended. */
export interface Correction {
  /** All its words, folded, with one space between. */
  readonly text: string;
  /** What was changed, in order; `to` is two words where one was split, `from` where two were joined. */
  readonly mended: readonly { readonly from: string; readonly to: string }[];
}

const NO_WORDS: ReadonlySet<string> = new Set();
/** Words looked at, and words mended at most: a hostile query costs no more than a long one. */
const MOST_WORDS = 32;
const MOST_MENDED = 8;
const SHORTEST_PART = 2;
/** In units of the logarithm of how often a word occurs: an edit outweighs a frequency e^4 ≈ 55 times as high. */
const EDIT_COST = 4;
/** Typists rarely miss the first letter. */
const FIRST_LETTER_COST = 1;
const PAIR_GAIN = 2;

/**
 * Mends one or two typos a word (`typosAllowed`) by the words of the texts it was given: a word that occurs is right,
 * another becomes the near word that is fewest edits away, occurs most often, and stands most often beside its
 * neighbors (the noisy channel of Kernighan, Church and Gale 1990, with one price for all edits). "lunchbox" becomes
 * "lunch box" where only that occurs, and the other way round. Scripts without spaces are left alone.
 */
export class SpellingIndex {
  readonly #weights = new Map<string, number>();
  /** Weights of two words in a row, by both with a space between. */
  readonly #pairs = new Map<string, number>();
  #sorted: SortedWords | undefined;

  /** Learns the words of a text. `weight` above 0: how often it counts, default once. */
  add(text: string, weight = 1): void {
    let before: string | undefined;
    for (const word of surfaceWords(text)) {
      raise(this.#weights, word.text, weight);
      if (before !== undefined) raise(this.#pairs, `${before} ${word.text}`, weight);
      before = word.text;
    }
    this.#sorted = undefined;
  }

  /** Sorts what was added. `correct` does it where nobody has. */
  settle(): SortedWords {
    return (this.#sorted ??= new SortedWords(this.#weights.keys()));
  }

  /** How often a folded word occurs, by weight; 0 where it does not. */
  weightOf(word: string): number {
    return this.#weights.get(word) ?? 0;
  }

  /** Words of a text that occur nowhere, folded, and that `correct` would mend if it could. */
  unknown(text: string): readonly string[] {
    const words = surfaceWords(text).slice(0, MOST_WORDS);
    const unknown = words.filter(({ text: word, unspaced }) => !unspaced && this.#isWrong(word, NO_WORDS));
    return [...new Set(unknown.map(({ text: word }) => word))].slice(0, MOST_MENDED);
  }

  /** Undefined where nothing is to mend, or nothing fits. `keep`: folded words that are right although unknown, and joined at most. */
  correct(text: string, keep: ReadonlySet<string> = NO_WORDS): Correction | undefined {
    const words = surfaceWords(text);
    const out: string[] = [];
    const mended: { from: string; to: string }[] = [];
    for (let i = 0; i < words.length; i++) {
      const { text: word, unspaced } = words[i]!;
      const next = words[i + 1];
      const tired = i >= MOST_WORDS || mended.length >= MOST_MENDED;
      if (tired || unspaced) {
        out.push(word);
      } else if (next !== undefined && !next.unspaced && this.#isJoined(word, next.text)) {
        out.push(word + next.text);
        mended.push({ from: `${word} ${next.text}`, to: word + next.text });
        i++;
      } else {
        const to = this.#isWrong(word, keep) ? this.#mend(word, { before: out.at(-1), after: next?.text }) : undefined;
        out.push(to ?? word);
        if (to !== undefined) mended.push({ from: word, to });
      }
    }
    return mended.length === 0 ? undefined : { text: out.join(' '), mended };
  }

  #isWrong(word: string, keep: ReadonlySet<string>): boolean {
    return typosAllowed(word) > 0 && this.weightOf(word) === 0 && !keep.has(word);
  }

  /** Whether two words are one that was torn: it occurs, and one of its parts does not. */
  #isJoined(word: string, next: string): boolean {
    const joined = word + next;
    if (typosAllowed(joined) === 0 || this.weightOf(joined) === 0) return false;
    return this.weightOf(word) === 0 || this.weightOf(next) === 0;
  }

  #mend(word: string, around: Neighbors): string | undefined {
    return this.#split(word) ?? this.#nearest(word, around);
  }

  /** Two words that stand together somewhere, written without the space; the pair that does so most often. */
  #split(word: string): string | undefined {
    let best: string | undefined;
    for (let at = SHORTEST_PART; at <= word.length - SHORTEST_PART; at++) {
      const pair = `${word.slice(0, at)} ${word.slice(at)}`;
      if ((this.#pairs.get(pair) ?? 0) > (best === undefined ? 0 : this.#pairs.get(best)!)) best = pair;
    }
    return best;
  }

  #nearest(word: string, { before, after }: Neighbors): string | undefined {
    const sorted = this.settle();
    let best: string | undefined;
    let bestScore = -Infinity;
    for (const { from, edits } of sorted.near(word, typosAllowed(word))) {
      const candidate = sorted.words[from]!;
      // A size or an id is never what someone meant by a word.
      if (typosAllowed(candidate) === 0 && candidate.length >= word.length) continue;
      const together = this.#pairGain(before, candidate) + this.#pairGain(candidate, after);
      const first = candidate[0] === word[0] ? 0 : FIRST_LETTER_COST;
      const score = Math.log(this.weightOf(candidate)) - EDIT_COST * edits - first + together;
      if (score > bestScore) [best, bestScore] = [candidate, score];
    }
    return best;
  }

  #pairGain(left: string | undefined, right: string | undefined): number {
    if (left === undefined || right === undefined) return 0;
    return PAIR_GAIN * Math.log1p(this.#pairs.get(`${left} ${right}`) ?? 0);
  }
}

interface Neighbors {
  readonly before: string | undefined;
  readonly after: string | undefined;
}

function raise(weights: Map<string, number>, key: string, by: number): void {
  weights.set(key, (weights.get(key) ?? 0) + by);
}
