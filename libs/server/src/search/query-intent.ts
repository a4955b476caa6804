import type { Item, QueryIntent } from '@attune/sdk';
import { analyze } from '@attune/text';

/** Share of a title's words with which a query names it, if no other has them all. */
const MOST_WORDS = 0.7;
const LONGEST_VALUE = 5;
const MOST_TERMS = 32;
/** Attributes that identify an item as its id does. */
const CODES: ReadonlySet<string> = new Set(['sku', 'ean', 'gtin', 'mpn', 'isbn']);

/** Knows the names of a catalogue: what items are called, and what their categories, brands, tags and attributes are. */
export class QueryIntents {
  readonly #ids = new Set<string>();
  /** Places of the items whose title has a term. */
  readonly #titles = new Map<string, number[]>();
  readonly #groups: string[] = [];
  readonly #lengths: number[] = [];
  /** Terms of values, joined; by value, so that each is analyzed once. */
  readonly #values = new Map<string, string>();
  readonly #phrases = new Set<string>();

  add({ id, title, groupId, categories = [], brand, tags = [], attributes = {} }: Item): void {
    const place = this.#groups.length;
    const terms = new Set(analyze(title));
    this.#groups.push(groupId ?? id);
    this.#lengths.push(terms.size);
    for (const term of terms) {
      const places = this.#titles.get(term);
      if (places === undefined) this.#titles.set(term, [place]);
      else places.push(place);
    }
    this.#ids.add(codeOf(id));
    for (const value of [...categories, ...tags, ...(brand === undefined ? [] : [brand])]) this.#addValue(value);
    for (const [name, given] of Object.entries(attributes)) {
      for (const value of [given].flat()) {
        if (CODES.has(name.toLowerCase())) this.#ids.add(codeOf(String(value)));
        else if (typeof value === 'string') this.#addValue(value);
      }
    }
  }

  /**
   * `navigational`: an id, or all words of exactly one title or group of variants. `category`: nothing but names of
   * categories, brands, tags and attribute values. Most words of exactly one title are `navigational`, too; else `broad`.
   */
  of(text: string): QueryIntent {
    if (this.#ids.has(codeOf(text))) return 'navigational';
    const terms = analyze(text).slice(0, MOST_TERMS);
    const named = this.#shareOfOne([...new Set(terms)]);
    if (named === 1) return 'navigational';
    if (this.#isAllValues(terms)) return 'category';
    return named >= MOST_WORDS ? 'navigational' : 'broad';
  }

  #addValue(value: string): void {
    if (this.#values.has(value)) return;
    const terms = analyze(value);
    const phrase = terms.join(' ');
    this.#values.set(value, phrase);
    if (terms.length > 0 && terms.length <= LONGEST_VALUE) this.#phrases.add(phrase);
  }

  /** Share of its words that the query has, of the one title or group that has all the query's; 0 where none or more do. */
  #shareOfOne(terms: readonly string[]): number {
    const lists = terms.map((term) => this.#titles.get(term) ?? []).sort((a, b) => a.length - b.length);
    const [rarest, ...others] = lists;
    if (rarest === undefined) return 0;
    const sets = others.map((list) => new Set(list));
    const found = rarest.filter((place) => sets.every((set) => set.has(place)));
    if (new Set(found.map((place) => this.#groups[place])).size !== 1) return 0;
    return found.reduce((most, place) => Math.max(most, terms.length / this.#lengths[place]!), 0);
  }

  #isAllValues(terms: readonly string[]): boolean {
    // reached[i]: the first i terms are values, one after the other.
    const reached = [true];
    for (let end = 1; end <= terms.length; end++) {
      reached[end] = false;
      for (let from = Math.max(0, end - LONGEST_VALUE); from < end && !reached[end]; from++) {
        reached[end] = reached[from]! && this.#phrases.has(terms.slice(from, end).join(' '));
      }
    }
    return terms.length > 0 && reached[terms.length]!;
  }
}

const codeOf = (text: string): string => text.trim().toLowerCase();
