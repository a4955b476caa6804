import { ASPECTS } from '@attune/language/understanding';
import { z } from 'zod';
import type { Operation } from './operation.js';
import { wordsQuery } from './words-query.js';

const counts = { positive: z.int(), negative: z.int(), neutral: z.int() };

export const reviewsSchema = z
  .strictObject({
    id: z.string().describe('Of the item.'),
    count: z.int(),
    of: z
      .enum(['reviews', 'sentences'])
      .describe('What was counted: reviews where line ends part them, else sentences.'),
    sentiment: z.strictObject(counts),
    aspects: z
      .array(
        z.strictObject({
          aspect: z.enum(ASPECTS),
          mentions: z.int().describe('Reviews that speak of it.'),
          ...counts,
          quotes: z.array(z.strictObject({ text: z.string(), polarity: z.enum(['positive', 'negative', 'neutral']) })),
        }),
      )
      .describe('The most mentioned first.'),
    summary: z.string().optional().describe('Plain text; absent where there is too little to sum up.'),
    source: z.enum(['llm', 'template']),
    prompt: z.string().optional(),
    model: z.string().optional(),
    degraded: z.array(z.strictObject({ code: z.string(), detail: z.string().optional() })),
  })
  .meta({ id: 'ItemReviews' });
export type ItemReviews = z.output<typeof reviewsSchema>;

export const getReviews = {
  id: 'getReviews',
  method: 'get',
  path: '/v1/items/{id}/reviews',
  tag: 'items',
  scope: 'recommend',
  summary: 'What reviews say of an item, by aspect',
  description:
    'Made of the item’s `reviews`, English and Chinese: how many praise and complain of what, with their words. A summary of the language model is used where the counts bear it out; else sentences that are fixed.',
  query: wordsQuery,
  example: { language: 'en' },
  answer: {
    status: 200,
    description: 'Aspects with their counts, and a summary.',
    schema: reviewsSchema,
    example: {
      id: '22551',
      count: 3,
      of: 'reviews',
      sentiment: { positive: 2, negative: 1, neutral: 0 },
      aspects: [
        {
          ...{ aspect: 'quality', mentions: 3, positive: 2, negative: 1, neutral: 0 },
          quotes: [{ text: 'very well made', polarity: 'positive' }],
        },
      ],
      summary: 'Of 3 reviews 2 praise the quality.',
      source: 'template',
      degraded: [],
    },
  },
  errors: ['ITEM_NOT_FOUND'],
} as const satisfies Operation;
