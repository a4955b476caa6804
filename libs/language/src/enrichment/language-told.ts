import { languageOf } from '@attune/text';
import { LANGUAGE_LETTERS, LANGUAGE_SCRIPTS, LANGUAGE_WORDS } from './words/languages.table.js';

/** More of a text would not change the verdict. */
const LONGEST_READ = 2000;
/** Single letters are initials and measures. */
const WORD = /[\p{L}\p{M}]{2,}/gu;
const LATIN = /\p{Script=Latin}/gu;
const LETTER = /\p{L}/gu;
/** A script says less than words of that script do: others write it too. */
const BY_SCRIPT = 0.95;
/** Share of the letters that another script needs for the text to be its language's: a Greek "µ" does not. */
const SCRIPT_SHARE = 0.3;
/** What a letter that few languages write counts for, in words. */
const OF_LETTER = 0.7;
/** Lower ones are no verdict. */
const LEAST = 0.6;

export interface LanguageTold {
  /** BCP 47, without a region: zh, ja, ko, ru, uk, el, ar, fa, he, hi, th, en, de, fr, es, it, pt, nl, sv, pl. */
  readonly language: string;
  /** .6 to 1. */
  readonly confidence: number;
}

/**
 * The language of a text, told by its script and by words that are common in one: what names of brands and things in it
 * are called does not matter. Undefined where too little tells, as in "iPhone 12 Pro". Linear time.
 */
export function languageTold(text: string): LanguageTold | undefined {
  const read = text.slice(0, LONGEST_READ).normalize('NFC');
  const asian = languageOf(read);
  if (asian !== undefined) return { language: asian, confidence: BY_SCRIPT };
  const letters = count(read, LETTER);
  if (letters > 0 && count(read, LATIN) / letters < 1 - SCRIPT_SHARE) {
    const language = LANGUAGE_SCRIPTS.find(([, script]) => script.test(read))?.[0];
    return language === undefined ? undefined : { language, confidence: BY_SCRIPT };
  }
  return byWords(read.toLowerCase());
}

/** Each word counts one, shared by the languages that have it; how sure it is grows with the words and their agreement. */
function byWords(text: string): LanguageTold | undefined {
  const evidence = new Map<string, number>();
  const add = (languages: readonly string[], weight: number): void => {
    for (const language of languages) evidence.set(language, (evidence.get(language) ?? 0) + weight / languages.length);
  };
  for (const [word] of text.matchAll(WORD)) {
    add(
      [...LANGUAGE_WORDS].filter(([, words]) => words.has(word)).map(([language]) => language),
      1,
    );
    for (const letter of new Set(word)) add(LANGUAGE_LETTERS.get(letter)?.split(' ') ?? [], OF_LETTER);
  }
  const total = [...evidence.values()].reduce((sum, weight) => sum + weight, 0);
  const [language, most] = [...evidence].sort(([, a], [, b]) => b - a)[0] ?? ['', 0];
  const confidence = total === 0 ? 0 : (most / total) * (1 - 0.25 ** most);
  return confidence < LEAST ? undefined : { language, confidence };
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
