import type { Tag } from './tags.js';
import { nameKey, singular, type Token } from './tokens.js';

/** A value of the catalogue and the path it is found at. */
export interface Value {
  readonly path: string;
  readonly value: string;
  /** Meant only where its field is named: numbers, single letters, words of every sentence. */
  readonly guarded: boolean;
}

/** What a word or phrase means. */
export interface Meaning {
  readonly tags: ReadonlySet<Tag>;
  readonly values: readonly Value[];
  /** Path of the field that it names. */
  readonly field: string | undefined;
  /** Whether that field has numbers for values: "size under 40" is no price. */
  readonly measures: boolean;
  /** Codes of the currencies that it may stand for. */
  readonly codes: readonly string[] | undefined;
  /** Whether it stands for a hundredth of the currency. */
  readonly hundredth: boolean;
}

export const NO_MEANING: Meaning = {
  tags: new Set(),
  values: [],
  field: undefined,
  measures: false,
  codes: undefined,
  hundredth: false,
};

/** A name of more words is a sentence. */
const MOST_WORDS = 8;
/** Of a word that names more values than this, the first ones are known. */
const MOST_VALUES = 20;
const HYPHENS: ReadonlySet<string> = new Set(['-', '\u2010', '\u2011']);

/** Whether a token only ties two words together: names are compared without it. */
export const isHyphen = ({ kind, text }: Pick<Token, 'kind' | 'text'>): boolean => kind === 'sign' && HYPHENS.has(text);

/** Phrases of a language, which are said as they are written, and names, which may be said in the plural and without hyphens. */
export class PhraseBook {
  readonly #phrases = new Map<string, Meaning>();
  readonly #names = new Map<string, Meaning>();
  /** First words of phrases and names that have more. */
  readonly #beginnings = new Set<string>();

  addPhrase(tokens: readonly Token[], meaning: Meaning): void {
    this.#add(this.#phrases, tokens.map(({ text }) => text).join(' '), meaning);
  }

  /** False where the name has no letter or digit, or too many words. */
  addName(tokens: readonly Token[], meaning: Meaning): boolean {
    const words = tokens.filter((token, i) => i === 0 || !isHyphen(token));
    const key = nameKey(words);
    if (!/[\p{L}\p{N}]/u.test(key) || words.length > MOST_WORDS) return false;
    if ((this.#names.get(key)?.values.length ?? 0) < MOST_VALUES) this.#add(this.#names, key, meaning);
    return true;
  }

  /** The phrases and names that begin at a token, shortest first, each with the number of its tokens. */
  startingAt(tokens: readonly Token[], from: number): readonly (readonly [words: number, meaning: Meaning])[] {
    const found: (readonly [number, Meaning])[] = [];
    let phrase = '';
    let name = '';
    for (let at = from; at < tokens.length; at++) {
      const token = tokens[at]!;
      const between = at === from ? '' : ' ';
      phrase += between + token.text;
      if (at === from || !isHyphen(token)) name += between + singular(token.text);
      // A hyphen at the end belongs to no name.
      const meaning = joined(this.#phrases.get(phrase), isHyphen(token) ? undefined : this.#names.get(name));
      if (meaning !== undefined) found.push([at - from + 1, meaning]);
      if (!this.#beginnings.has(phrase) && !this.#beginnings.has(name)) break;
    }
    return found;
  }

  #add(book: Map<string, Meaning>, key: string, meaning: Meaning): void {
    book.set(key, joined(book.get(key), meaning) ?? meaning);
    for (let end = key.indexOf(' '); end > 0; end = key.indexOf(' ', end + 1)) this.#beginnings.add(key.slice(0, end));
  }
}

function joined(one: Meaning | undefined, other: Meaning | undefined): Meaning | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return {
    tags: new Set([...one.tags, ...other.tags]),
    values: [...one.values, ...other.values],
    field: one.field ?? other.field,
    measures: one.measures || other.measures,
    codes: one.codes ?? other.codes,
    hundredth: one.hundredth || other.hundredth,
  };
}
