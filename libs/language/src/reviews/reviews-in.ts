import type { ReviewAspects, ReviewText } from './review.types.js';

/** What `Item.reviews` may hold. */
const LONGEST_BLOB = 20_000;
const BULLET = /^\s*(?:[-*•·]|\d{1,3}[.)、])\s+/;
const SENTENCE_ENDS = /(?<=[。！？])|(?<=[.!?])\s+/;

/** Reviews, and whether they are some: where nothing parts a text, its sentences are all that can be counted. */
export interface ReviewsOfBlob {
  readonly of: ReviewAspects['of'];
  readonly reviews: readonly ReviewText[];
}

/**
 * The reviews of a text that holds many: parted by blank lines, else by lines, else its sentences. Of its first
 * 20,000 characters.
 */
export function reviewsIn(blob: string): ReviewsOfBlob {
  const lines = blob
    .slice(0, LONGEST_BLOB)
    .trim()
    .split(/\r\n?|\n/);
  const isBlank = (line: string): boolean => line.trim() === '';
  if (lines.length === 1) return { of: 'sentences', reviews: textsOf((lines[0] ?? '').split(SENTENCE_ENDS)) };
  if (!lines.some(isBlank)) return { of: 'reviews', reviews: textsOf(lines) };
  const parts: string[][] = [[]];
  for (const line of lines) {
    if (isBlank(line)) parts.push([]);
    else parts.at(-1)!.push(line);
  }
  return { of: 'reviews', reviews: textsOf(parts.map((part) => part.join('\n'))) };
}

const textsOf = (texts: readonly string[]): readonly ReviewText[] =>
  texts.map((text) => ({ text: text.replace(BULLET, '').trim() })).filter(({ text }) => /[\p{L}\p{N}]/u.test(text));
