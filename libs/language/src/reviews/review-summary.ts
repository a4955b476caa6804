import type { AspectOpinions, ReviewAspects, ReviewSummaryOptions } from './review.types.js';
import { SUMMARY_PHRASES, type Said } from './summary.phrases.js';

/** What one of many says is no summary; of fewer reviews there is nothing to sum up. */
const [LEAST_SAID, LEAST_REVIEWS] = [2, 2];
/** Aspects of a sentence; where it does not fit, fewer are tried. */
const MOST_ASPECTS = 3;
export const SUMMARY_CHARS = 300;

/**
 * One to three fixed sentences with counts: how many reviews are positive, what several praise, what several complain
 * about. Undefined for fewer than two reviews, where nothing is said in them that can be counted, and where not even
 * the first sentence fits.
 */
export function reviewSummary(
  reviews: ReviewAspects,
  { language, maxChars = SUMMARY_CHARS }: ReviewSummaryOptions,
): string | undefined {
  if (reviews.count < LEAST_REVIEWS) return undefined;
  const phrases = SUMMARY_PHRASES[language];
  for (let most = MOST_ASPECTS; most >= 0; most--) {
    const sentences = [
      phrases.whole(reviews),
      phrases.praise(saidMost(reviews.aspects, 'positive', most), reviews.of),
      phrases.blame(saidMost(reviews.aspects, 'negative', most), reviews.of),
    ].filter((sentence) => sentence !== '');
    const text = sentences.join(phrases.gap);
    if (text !== '' && text.length <= maxChars) return text;
  }
  return undefined;
}

function saidMost(aspects: readonly AspectOpinions[], side: 'positive' | 'negative', most: number): readonly Said[] {
  return aspects
    .map((row) => ({ aspect: row.aspect, count: row[side] }))
    .filter(({ count }) => count >= LEAST_SAID)
    .sort((a, b) => b.count - a.count)
    .slice(0, most);
}
