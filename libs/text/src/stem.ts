import { stemmer } from '@orama/stemmers/english';

const ENGLISH_WORD = /^[a-z]{3,32}$/;
/** Stemming runs a dozen regular expressions; a catalogue repeats its words. Dropped whole when full, so never unbounded. */
const CACHED_WORDS = 20_000;
const cache = new Map<string, string>();

/** Porter's English stem of a lower-case word. Words with digits or non-ASCII letters come back as they are. */
export function stemEnglish(word: string): string {
  if (!ENGLISH_WORD.test(word)) return word;
  const known = cache.get(word);
  if (known !== undefined) return known;
  if (cache.size >= CACHED_WORDS) cache.clear();
  const stem = stemmer(word).toLowerCase();
  cache.set(word, stem);
  return stem;
}
