import { stemEnglish } from './stem.js';
import { ENGLISH_STOP_WORDS } from './stop-words.js';
import { cutSafely, isAscii, normalizeNfkc } from './unicode.js';
import { segmentRun, splitByScript } from './unspaced.js';

const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
const POSSESSIVE = /(?<=[\p{L}\p{N}])['\u2019\u02bc\uff07]s(?![\p{L}\p{N}])/gu;
const APOSTROPHE = /(?<=[\p{L}\p{N}])['\u2019\u02bc\uff07](?=[\p{L}\p{N}])/gu;
/** Combining marks of Latin, Greek and Cyrillic. Marks of other scripts are letters in their own right (Thai vowels). */
const DIACRITIC = /[\u0300-\u036f]/g;
const HYPHEN = /[-\u2010\u2011]/;
/** Longer words are noise (base64, URLs): cut, so that a hostile text cannot fill the dictionary with megabyte terms. */
const LONGEST_TOKEN = 48;
const LONGEST_COMPOUND = 24;

/**
 * The platform's one analyzer: text to search terms, the same for documents and queries, in text order, repeats kept.
 *
 * NFKC and lower case, diacritics folded; words are runs of letters and digits, apostrophes folded ("women's" and
 * "womens" meet); two hyphenated parts give both parts and their compound ("t-light": t, light, tlight), since spelling
 * of such words varies; Chinese, Japanese, Thai and other unspaced scripts are segmented by dictionary, with single
 * Chinese characters added; English stop words dropped (unless nothing else is there: "the who" stays findable) and
 * the rest stemmed by Porter. Numbers are kept. Deterministic for one Node major (its ICU dictionary), linear time.
 */
export function analyze(text: string): string[] {
  const words = [...wordsOf(fold(text))];
  const content = words.filter((word) => !ENGLISH_STOP_WORDS.has(word));
  return (content.length > 0 ? content : words).map(stemEnglish);
}

/** NFKC, lower case, no Latin diacritics, no apostrophes. */
export function fold(text: string): string {
  const lower = normalizeNfkc(text).toLowerCase();
  const plain = isAscii(lower) ? lower : lower.normalize('NFD').replace(DIACRITIC, '').normalize('NFC');
  return plain.replace(POSSESSIVE, '').replace(APOSTROPHE, '');
}

function* wordsOf(folded: string): Generator<string> {
  let previous = { text: '', end: -1, chained: false };
  for (const match of folded.matchAll(WORD)) {
    const word = match[0];
    yield* tokensOf(word);
    const chained = match.index === previous.end + 1 && HYPHEN.test(folded.charAt(previous.end));
    const end = match.index + word.length;
    // Only the first pair of a chain is joined: "one-two-three" is a phrase more than a spelling of one word.
    if (chained && !previous.chained && !HYPHEN.test(folded.charAt(end))) yield* compoundOf(previous.text, word);
    previous = { text: word, end, chained };
  }
}

function* tokensOf(word: string): Generator<string> {
  if (isAscii(word)) {
    yield cutSafely(word, LONGEST_TOKEN);
    return;
  }
  for (const run of splitByScript(word)) {
    if (run.unspaced) yield* segmentRun(run.text);
    else yield cutSafely(run.text, LONGEST_TOKEN);
  }
}

/** "t" + "light" gives "tlight"; two numbers ("2010-2011") are a range, no word. */
function* compoundOf(first: string, second: string): Generator<string> {
  const joined = first + second;
  if (joined.length <= LONGEST_COMPOUND && isAscii(joined) && /[a-z]/.test(joined)) yield joined;
}
