import { SortedWords, type WordRange } from './sorted-words.js';
import { beginsNear, exactRanges, nearRanges, startsOf, typedWords, wordsJoined } from './typed-words.js';

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

/** Matches looked at, the heaviest; and as many again of those that begin with what is typed. */
const LOOKED_AT = 2000;
/** Entries between two pauses of `settling`. */
const SLICE = 500;

interface Settled<E> {
  /** Best first: by weight, then the shorter text, then the one added first. */
  readonly entries: readonly E[];
  /** Their words, joined `[entries]`. */
  readonly joined: readonly string[];
  readonly words: SortedWords;
  /** Places in `entries` of those with each word `[words]`, ascending. */
  readonly places: readonly (readonly number[])[];
}

/**
 * Completes what is typed. An entry matches when the last word typed begins one of its words, and each earlier one is
 * one of its words, in any order; in scripts without spaces every character begins a word, and an earlier word need only
 * begin one, too. Where nothing matches, every word may be as many edits away as `typosAllowed` forgives. Best first: by
 * typos, then those that begin with what is typed, word for word, before those that have it later, then by weight (times
 * boost), shorter text, order of adding. Entries with the same words are one: the heaviest.
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
    const key = wordsJoined(entry.text);
    const known = this.#entries.get(key);
    if (key === '' || (known !== undefined && known.weight >= entry.weight)) return;
    this.#entries.set(key, entry);
    this.#settled = undefined;
  }

  /** Sorts what was added, a slice a turn. `suggest` does it at once where nobody has. */
  *settling(): Generator<undefined, Settled<E>> {
    const all = [...this.#entries.values()];
    const keys = [...this.#entries.keys()];
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
    const places = words.words.map((word) => byWord.get(word)!);
    return (this.#settled = { entries, joined: order.map((place) => keys[place]!), words, places });
  }

  /** The `k` best completions; `boost`: a factor of an entry's weight, at least 0, over the matches looked at. */
  suggest(typed: string, k: number, boost?: (entry: E) => number): readonly Suggestion<E>[] {
    const { entries, joined, words } = this.#settled ?? this.#settle();
    const asked = typedWords(typed);
    if (asked.length === 0) return best(entries.slice(0, LOOKED_AT).map(asTyped), k, boost);
    const start = wordsJoined(typed);
    const begins = (place: number): boolean => joined[place]!.startsWith(start);
    this.#mark(asked.map((word) => exactRanges(words, word)));
    const found = this.#marked(begins, begins);
    if (found.length > 0) return best(found, k, boost);
    this.#mark(asked.map((word) => nearRanges(words, word)));
    return best(
      this.#marked((place) => beginsNear(joined[place]!, asked)),
      k,
      boost,
    );
  }

  #settle(): Settled<E> {
    const turns = this.settling();
    for (;;) {
      const { done, value } = turns.next();
      if (done === true) return value;
    }
  }

  /** Marks the entries with a word in one of the ranges of each typed word. */
  #mark(typed: readonly (readonly WordRange[])[]): void {
    const { places } = this.#settled!;
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
  }

  /** The marked entries, heaviest first; `also`: those taken beyond the number that is looked at. */
  #marked(begins: (place: number) => boolean, also: (place: number) => boolean = () => false): Match<E>[] {
    const { entries } = this.#settled!;
    const found: Match<E>[] = [];
    for (let place = 0; place < entries.length && found.length < 2 * LOOKED_AT; place++) {
      if (this.#marks[place] !== this.#stamp || (found.length >= LOOKED_AT && !also(place))) continue;
      found.push({ entry: entries[place]!, edits: this.#edits[place]!, begins: begins(place) });
    }
    return found;
  }
}

interface Match<E extends SuggestionEntry> extends Suggestion<E> {
  /** Whether it begins with what is typed. */
  readonly begins: boolean;
}

const asTyped = <E extends SuggestionEntry>(entry: E): Match<E> => ({ entry, edits: 0, begins: true });

/** `found` is in order of weight, which sorting keeps where nothing else differs. */
function best<E extends SuggestionEntry>(
  found: readonly Match<E>[],
  k: number,
  boost: (entry: E) => number = () => 1,
): readonly Suggestion<E>[] {
  const boosted = found.map((one) => ({ ...one, weight: one.entry.weight * boost(one.entry) }));
  boosted.sort((a, b) => a.edits - b.edits || Number(b.begins) - Number(a.begins) || b.weight - a.weight);
  return boosted.slice(0, k).map(({ entry, edits }) => ({ entry, edits }));
}
