import { idSchema } from '@attune/sdk';
import { z } from 'zod';
import type { Operation } from './operation.js';

const suggestQuerySchema = z.strictObject({
  q: z.string().max(200).describe('What is typed so far; may be empty.'),
  userId: idSchema.optional(),
  anonymousId: idSchema.optional(),
  limit: z.coerce.number().int().min(1).max(20).default(8),
});
export type SuggestQuery = z.output<typeof suggestQuerySchema>;

export const suggestionsSchema = z
  .strictObject({
    suggestions: z.array(
      z.strictObject({
        text: z.string(),
        kind: z
          .enum(['query', 'title', 'category', 'brand'])
          .describe('query: one’s own past query, or one that several people used.'),
        correctedFrom: z.string().optional().describe('What was typed, where typos were forgiven.'),
      }),
    ),
  })
  .meta({ id: 'Suggestions' });
export type Suggestions = z.output<typeof suggestionsSchema>;

export const suggest = {
  id: 'suggest',
  method: 'get',
  path: '/v1/suggest',
  tag: 'slates',
  summary: 'Complete a query',
  description:
    'The last word typed begins a word of each suggestion, the earlier ones are words of it, in any order; where nothing fits so, one or two typos a word are forgiven. Best first: one’s own past queries; then what begins with what is typed, before what has it later: queries of at least two people, categories and brands, titles, weighed by what someone took up lately. Without consent nothing of a person is looked at.',
  scope: 'recommend',
  query: suggestQuerySchema,
  example: { q: 'luch b', userId: '17850', limit: '3' },
  answer: {
    status: 200,
    description: 'The suggestions, best first.',
    schema: suggestionsSchema,
    example: { suggestions: [{ text: 'Spaceboy lunch box', kind: 'title', correctedFrom: 'luch b' }] },
  },
  errors: ['NOT_READY'],
} as const satisfies Operation;
