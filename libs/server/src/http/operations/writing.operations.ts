import { DESCRIPTION_CHARS, TONES, WRITTEN_LANGUAGES } from '@attune/language';
import { z } from 'zod';
import type { Operation } from './operation.js';

const { short, medium, long } = DESCRIPTION_CHARS;

const languageSchema = z.enum(WRITTEN_LANGUAGES);

const askedSchema = z
  .strictObject({
    tone: z.enum(TONES).default('plain'),
    length: z
      .enum(['short', 'medium', 'long'])
      .default('medium')
      .describe(`At most ${short}, ${medium} or ${long} characters.`),
    language: languageSchema.optional().describe('Default: that of the item, or else of its title; else English.'),
    deadlineMs: z
      .int()
      .min(100)
      .max(60_000)
      .default(10_000)
      .describe('How long a language model is waited for; then the template is used.'),
  })
  .meta({ id: 'DescriptionAsked' });
export type DescriptionAsked = z.output<typeof askedSchema>;

export const itemDescriptionSchema = z
  .strictObject({
    id: z.string().describe('Of the item.'),
    description: z.string().describe('Plain text on one line. It is not stored.'),
    language: languageSchema,
    source: z.enum(['llm', 'template']).describe('Who wrote it: the language model, or sentences that are fixed.'),
    prompt: z.string().optional().describe('With its version, where the model wrote it.'),
    model: z.string().optional().describe('Where it wrote it.'),
    refused: z
      .array(
        z.strictObject({
          text: z.string().describe('As the model had it.'),
          kind: z.enum(['number', 'measure', 'value', 'name', 'claim']),
        }),
      )
      .optional()
      .describe('What the model invented, where its text was therefore not used.'),
    degraded: z
      .array(z.strictObject({ code: z.string(), detail: z.string().optional() }))
      .describe('Why the model did not write it. Empty where it did.'),
  })
  .meta({ id: 'ItemDescription' });
export type ItemDescription = z.output<typeof itemDescriptionSchema>;

export const writeDescription = {
  id: 'writeDescription',
  method: 'post',
  path: '/v1/items/{id}/description',
  tag: 'items',
  summary: 'Write a description of an item',
  description:
    'Made of what the catalogue says of the item, without its reviews. A text of the language model is used where nothing in it is invented, as far as that can be told; else sentences that are fixed.',
  scope: 'admin',
  body: askedSchema,
  example: { tone: 'warm', length: 'short' },
  answer: {
    status: 200,
    description: 'The description, and who wrote it.',
    schema: itemDescriptionSchema,
    example: {
      id: '22551',
      description: 'Meet Spaceboy lunch box. The color is blue. Find it in Lunch boxes.',
      language: 'en',
      source: 'template',
      degraded: [{ code: 'LLM_MISSING' }],
    },
  },
  errors: ['ITEM_NOT_FOUND', 'NOTHING_TO_WRITE'],
} as const satisfies Operation;
