import { typosAllowed } from './edits.js';
import { SortedWords, type WordRange } from './sorted-words.js';
import { surfaceWords, type SurfaceWord } from './surface-words.js';

/** Something to suggest. */
export interface SuggestionEntry {
  /** As it is shown. */
  readonly text: string;
  /** At least 0; the larger is suggested first. */
  readonly weight: number;
}

export interface Suggestion<E extends SuggestionEntry> {
  readonly entry: E;
  /** Typos forgiven in what was typed. */
  readonly edits: number;
}

/** A run without spaces is looked up by this many characters from each of its places. */
const LONGEST_RUN = 16;
const MOST_TYPED_WORDS = 16;
/** Matches that a boost may reorder, best weights first. */
const BOOSTED = 2000;
/** Entries between two pauses of `settling`. */
const SLICE = 500;

interface Settled<E> {
  /** Best first: by weight, then the shorter text, then the one added first. */
  readonly entries: readonly E[];
  readonly words: SortedWords;
  /** Places in `entries` of those with each word `[words]`, ascending. */
  readonly places: readonly (readonly number[])[];
}

/**
 * Completes what is typed. An entry matches when the last word typed begins one of its words, and each earlier one is
 * one of its words, in any order; in scripts without spaces every character begins a word, and an earlier word need only
 * begin one, too. Where nothing matches, every word may be as many edits away as `typosAllowed` forgives. Best first: by
 * typos, weight (times boost), shorter text, order of adding. Entries with the same words are one: the heaviest.
 */
export class SuggestionIndex<E extends SuggestionEntry> {
  readonly #entries = new Map<string, E>();
  #settled: Settled<E> | undefined;
  /** Marks of a query by place, so that nothing is cleared between two. */
  #marks = new Uint32Array(0);
  #edits = new Uint8Array(0);
  #stamp = 0;

  get size(): number {
    return this.#entries.size;
  }

  /** An entry without any letter or digit is ignored. */
  add(entry: E): void {
    const key = keyOf(entry.text);
    const known = this.#entries.get(key);
    if (key === '' || (known !== undefined && known.weight >= entry.weight)) return;
    this.#entries.set(key, entry);
    this.#settled = undefined;
  }

  /** Sorts what was added, a slice a turn. `suggest` does it at once where nobody has. */
  *settling(): Generator<undefined, Settled<E>> {
    const all = [...this.#entries.values()];
    const order = all.map((_, place) => place);
    order.sort((a, b) => {
      const [one, other] = [all[a]!, all[b]!];
      return other.weight - one.weight || one.text.length - other.text.length || a - b;
    });
    const entries = order.map((place) => all[place]!);
    const byWord = new Map<string, number[]>();
    for (let place = 0; place < entries.length; place++) {
      for (const word of new Set(startsOf(entries[place]!.text))) {
        const places = byWord.get(word);
        if (places === undefined) byWord.set(word, [place]);
        else places.push(place);
      }
      if (place % SLICE === SLICE - 1) yield;
    }
    const words = new SortedWords(byWord.keys());
    this.#marks = new Uint32Array(entries.length);
    this.#edits = new Uint8Array(entries.length);
    this.#stamp = 0;
    return (this.#settled = { entries, words, places: words.words.map((word) => byWord.get(word)!) });
  }

  /** The `k` best completions; `boost`: a factor of an entry's weight, at least 0, over the 2000 heaviest matches. */
  suggest(typed: string, k: number, boost?: (entry: E) => number): readonly Suggestion<E>[] {
    const { entries, words } = this.#settled ?? this.#settle();
    const asked = surfaceWords(typed).slice(0, MOST_TYPED_WORDS);
    if (asked.length === 0) return best(entries.slice(0, BOOSTED).map(exact), k, boost);
    const lookUps = asked.map((word, i) => ({ typed: shortened(word), whole: i < asked.length - 1 && !word.unspaced }));
    const found = this.#matching(lookUps.map((word) => exactRanges(words, word)));
    return best(found.length > 0 ? found : this.#matching(lookUps.map((word) => nearRanges(words, word))), k, boost);
  }

  #settle(): Settled<E> {
    const turns = this.settling();
    for (;;) {
      const { done, value } = turns.next();
      if (done === true) return value;
    }
  }

  /** Entries with a word in one of the ranges of each typed word, heaviest first. */
  #matching(typed: readonly (readonly WordRange[])[]): Suggestion<E>[] {
    const { entries, places } = this.#settled!;
    const marks = this.#marks;
    if (this.#stamp > 0xffff_0000) this.#stamp = marks.fill(0)[0] ?? 0;
    const first = this.#stamp;
    for (const ranges of typed) {
      const wanted = this.#stamp++;
      // Fewest edits first: an entry counts with its nearest word.
      for (const { from, to, edits } of [...ranges].sort((a, b) => a.edits - b.edits)) {
        for (let row = from; row < to; row++) {
          for (const place of places[row]!) {
            const fits = wanted === first ? marks[place]! <= first : marks[place] === wanted;
            if (!fits) continue;
            marks[place] = wanted + 1;
            this.#edits[place] = (wanted === first ? 0 : this.#edits[place]!) + edits;
          }
        }
      }
    }
    const found: Suggestion<E>[] = [];
    for (let place = 0; place < entries.length && found.length < BOOSTED; place++) {
      if (marks[place] === this.#stamp) found.push({ entry: entries[place]!, edits: this.#edits[place]! });
    }
    return found;
  }
}

interface LookUp {
  readonly typed: string;
  readonly whole: boolean;
}

function exactRanges(words: SortedWords, { typed, whole }: LookUp): readonly WordRange[] {
  if (!whole) return [words.startingWith(typed)];
  const row = words.row(typed);
  return row < 0 ? [] : [{ from: row, to: row + 1, edits: 0 }];
}

function nearRanges(words: SortedWords, { typed, whole }: LookUp): readonly WordRange[] {
  const bound = typosAllowed(typed);
  return whole ? words.near(typed, bound) : words.nearStart(typed, bound);
}

/** Words an entry is found by: each word, and in scripts without spaces what follows from each character. */
function startsOf(text: string): readonly string[] {
  return surfaceWords(text).flatMap(({ text: word, unspaced }) => {
    if (!unspaced) return [word];
    const characters = Array.from(word);
    return characters.map((_, at) => characters.slice(at, at + LONGEST_RUN).join(''));
  });
}

const shortened = ({ text, unspaced }: SurfaceWord): string =>
  unspaced ? Array.from(text).slice(0, LONGEST_RUN).join('') : text;

const keyOf = (text: string): string =>
  surfaceWords(text)
    .map(({ text: word }) => word)
    .join(' ');

const exact = <E extends SuggestionEntry>(entry: E): Suggestion<E> => ({ entry, edits: 0 });

/** `found` is in order of weight: without a boost only typos can change it, and sorting is stable. */
function best<E extends SuggestionEntry>(
  found: Suggestion<E>[],
  k: number,
  boost: ((entry: E) => number) | undefined,
): readonly Suggestion<E>[] {
  if (boost === undefined) return found.sort((a, b) => a.edits - b.edits).slice(0, k);
  const boosted = found.map((one) => ({ one, weight: one.entry.weight * boost(one.entry) }));
  boosted.sort((a, b) => a.one.edits - b.one.edits || b.weight - a.weight);
  return boosted.slice(0, k).map(({ one }) => one);
}
