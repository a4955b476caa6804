import { predicateSchema } from '@attune/sdk';
import { HanWords } from './han.js';
import { NO_MEANING, PhraseBook } from './phrase-book.js';
import { TAGS, type WordTable } from './tags.js';
import { nameKey, tokensOf, type Token } from './tokens.js';
import type { Facts } from './wish.js';
import { CHINESE_WORDS } from './words/chinese.words.js';
import { ENGLISH_WORDS } from './words/english.words.js';
import {
  CURRENCY_WORDS,
  FIELD_WORDS,
  FIXED_NAMES,
  GUARDED_VALUES,
  HUNDREDTH_WORDS,
  SAME_VALUES,
} from './words/shared.words.js';

const LONGEST_VALUE = 100;
/** A run without spaces is one token here: what is known is never cut. */
const WHOLE = { cut: (run: string): readonly string[] => [run] };
/** 第一, 第一个, … */
const HAN_ORDINALS = [...'一二三四五六七八九十'].flatMap((digit) =>
  ['', '个', '款', '件', '种'].map((measure) => `第${digit}${measure}`),
);

/** What words and phrases mean to one shop: the tables of all languages, and the shop's own names. */
export class Lexicon {
  readonly han = new HanWords();
  readonly book = new PhraseBook();
  readonly #taken = new Set<string>();

  constructor(facts: Facts) {
    for (const table of [...ENGLISH_WORDS, ...CHINESE_WORDS]) this.#addTable(table);
    this.#addTable({ name: FIXED_NAMES });
    for (const name of FIXED_NAMES.split('|')) if (!/^\p{ASCII}*$/u.test(name)) this.han.add(name, true);
    for (const word of HAN_ORDINALS) this.han.add(word);
    for (const [codes, words] of Object.entries(CURRENCY_WORDS)) this.#addCurrency(codes, words, false);
    for (const [codes, words] of Object.entries(HUNDREDTH_WORDS)) this.#addCurrency(codes, words, true);
    for (const [name, values] of facts.attributes) this.#addAttribute(name, values);
    for (const path of ['categories', 'brand', 'price.amount']) this.#addField(path, [FIELD_WORDS.get(path) ?? '']);
    for (const value of facts.categories) this.#addValue('categories', value, value);
    for (const value of facts.brands) this.#addValue('brand', value, value);
  }

  #addTable(table: WordTable): void {
    for (const tag of TAGS)
      for (const phrase of table[tag]?.split('|') ?? [])
        this.book.addPhrase(this.#learned(phrase), { ...NO_MEANING, tags: new Set([tag]) });
  }

  #addCurrency(codes: string, words: string, hundredth: boolean): void {
    for (const word of words.split('|'))
      this.book.addPhrase(this.#learned(word), { ...NO_MEANING, codes: codes.split(' '), hundredth });
  }

  #addAttribute(name: string, values: readonly string[]): void {
    const path = `attributes.${name}`;
    // A name that no filter can have would make a filter that nobody accepts.
    if (name === '' || !predicateSchema.safeParse({ [path]: '' }).success) return;
    const words = name.replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2').replaceAll(/[_.-]+/g, ' ');
    const known = FIELD_WORDS.get(nameKey(tokensOf(words, WHOLE)));
    const measures = values.some((value) => /^\d/.test(value));
    this.#addField(path, [words, ...(known === undefined ? [] : [known])], measures);
    const own = values.filter((value) => this.#addValue(path, value, value) !== undefined);
    this.#addSynonyms(path, own);
  }

  #addField(path: string, words: readonly string[], measures = false): void {
    for (const word of words.flatMap((list) => list.split('|')))
      this.book.addName(this.#learned(word), { ...NO_MEANING, field: path, measures });
  }

  /** The other names of the values that are there, unless they are values themselves. */
  #addSynonyms(path: string, values: readonly string[]): void {
    const own = new Map(values.map((value) => [nameKey(tokensOf(value, WHOLE)), value]));
    for (const group of SAME_VALUES) {
      const words = group.split('|');
      const keys = words.map((word) => nameKey(tokensOf(word, WHOLE)));
      const value = keys.map((key) => own.get(key)).find((one) => one !== undefined);
      if (value === undefined) continue;
      for (const [i, word] of words.entries()) if (!own.has(keys[i]!)) this.#addValue(path, word, value);
    }
  }

  /** Makes a word or phrase mean a value; undefined where it is too long to be said. */
  #addValue(path: string, said: string, value: string): string | undefined {
    if (said.length > LONGEST_VALUE) return undefined;
    const key = nameKey(tokensOf(said, WHOLE));
    const guarded = path.startsWith('attributes.') && (/^(?:[a-z]|[\d., ]+)$/.test(key) || GUARDED_VALUES.has(key));
    const taken = `${path}\n${key}\n${value}`;
    if (this.#taken.has(taken)) return undefined;
    this.#taken.add(taken);
    return this.book.addName(this.#learned(said), { ...NO_MEANING, values: [{ path, value, guarded }] })
      ? value
      : undefined;
  }

  /** Tokens of what is known; its runs without spaces become words that texts are cut to. */
  #learned(known: string): readonly Token[] {
    return tokensOf(known, {
      cut: (run) => {
        this.han.add(run);
        return [run];
      },
    });
  }
}
