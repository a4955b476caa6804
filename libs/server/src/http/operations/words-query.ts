import { WRITTEN_LANGUAGES } from '@attune/language';
import { z } from 'zod';

/** Who writes a summary, in what language, and how long for. */
export const wordsQuery = z.strictObject({
  language: z.enum(WRITTEN_LANGUAGES).default('en').describe('Of the summary.'),
  words: z.enum(['template', 'model']).default('template').describe('Who writes the summary.'),
  deadlineMs: z.coerce.number().int().min(100).max(60_000).default(10_000).describe('How long a model is waited for.'),
});
