import { z } from 'zod';
import { onFirstUse } from '../first-use.js';
import { SUMMARY_CHARS } from '../reviews/review-summary.js';
import type { AspectOpinions, ReviewAspects } from '../reviews/review.types.js';
import type { WrittenLanguage } from '../writing/description.style.js';
import { AVOIDS, avoidLines } from './avoided.js';
import { definePrompt, type Prompt } from './prompt.js';
import { quoted } from './quoted.js';

/** What a language model is told of reviews that it is to sum up: counts, and short quotes. */
export interface ReviewSummaryData {
  readonly reviews: ReviewAspects;
  /** What an answer before said without evidence. */
  readonly avoid: readonly string[];
}

export interface ReviewSummaryAnswer {
  readonly summary: string;
}

const LANGUAGE: Readonly<Record<WrittenLanguage, string>> = { en: 'English', zh: 'Chinese, in simplified characters' };
const [MOST_ASPECTS, QUOTES_A_SIDE, QUOTE_CHARS] = [8, 2, 120];
const [TOKENS_OF_FRAME, TOKENS_A_CHAR] = [32, { en: 0.5, zh: 1.5 }] as const;

const prompts = onFirstUse(() => ({ en: promptIn('en'), zh: promptIn('zh') }));

/** Asks for a summary in a language. */
export const reviewSummaryPrompt = (language: WrittenLanguage): Prompt<ReviewSummaryData, ReviewSummaryAnswer> =>
  prompts()[language];

const promptIn = (language: WrittenLanguage): Prompt<ReviewSummaryData, ReviewSummaryAnswer> =>
  definePrompt({
    id: 'review-summary',
    version: 1,
    system:
      'You sum up what reviews of an item of a shop say. Write one to three sentences, at most ' +
      `${SUMMARY_CHARS} characters, in ${LANGUAGE[language]}. You are told in how many reviews each aspect is praised ` +
      'and complained of, and quotes. Say first what most speak of, both what is praised and what is complained of. Use ' +
      'no numbers but the counts that are told, say "most" and "all" only where the counts are so, and say that few say ' +
      'what few say. Say nothing of aspects that are not told. Name no people, items or brands, and give no advice. Plain ' +
      'text: no headings, lists, links or quotation marks.\n' +
      AVOIDS +
      'Answer with JSON: {"summary": "the text"}.',
    data: dataOf,
    maxTokens: () => TOKENS_OF_FRAME + Math.ceil(TOKENS_A_CHAR[language] * SUMMARY_CHARS),
    answer: z.object({ summary: z.string() }),
  });

function dataOf({ reviews: { count, of, sentiment, aspects }, avoid }: ReviewSummaryData): string {
  const { positive, negative, neutral } = sentiment;
  const what = of === 'reviews' ? 'Reviews' : 'Sentences of reviews';
  return [
    `${what}: ${count}, of them ${positive} positive, ${negative} negative, ${neutral} neither`,
    ...aspects.slice(0, MOST_ASPECTS).flatMap(linesOf),
    ...avoidLines(avoid),
  ].join('\n');
}

function linesOf({ aspect, positive, negative, neutral, quotes }: AspectOpinions): readonly string[] {
  const told = (side: 'positive' | 'negative'): readonly string[] =>
    quotes
      .filter(({ polarity }) => polarity === side)
      .slice(0, QUOTES_A_SIDE)
      .map(({ text }) => `- ${side}: ${quoted(text, QUOTE_CHARS)}`);
  return [
    `${aspect}: ${positive} positive, ${negative} negative, ${neutral} neither`,
    ...told('positive'),
    ...told('negative'),
  ];
}
