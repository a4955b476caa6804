import { decodeEntities, stripTags } from './html.js';
import { cutSafely, normalizeNfkc } from './unicode.js';

/** Invisible marks that split or reorder words without meaning: soft hyphen, zero-width space, bidi controls, BOM. */
const INVISIBLE = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;
/** Control characters and lone surrogates. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}]/gu;

export interface CleanTextOptions {
  /** Longest result in UTF-16 units, at least 1. Default 2000. */
  readonly maxChars?: number;
}

/**
 * Text as it is embedded and indexed: entities decoded, tags removed, NFKC, control characters to spaces, white space
 * collapsed, cut to `maxChars` without splitting a surrogate pair. Linear time whatever the input. The result is
 * well-formed Unicode in NFKC, without leading or trailing space; it may be empty.
 */
export function cleanText(text: string, { maxChars = 2000 }: CleanTextOptions = {}): string {
  const plain = stripTags(decodeEntities(text)).replace(INVISIBLE, '').replace(UNPRINTABLE, ' ');
  const tidy = normalizeNfkc(plain).replace(/\s+/g, ' ').trim();
  return cutSafely(tidy, maxChars).trimEnd();
}
