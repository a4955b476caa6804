import { TONES, WRITTEN_LANGUAGES } from '@attune/language';
import { z } from 'zod';

/** Kind of the records, whose ids are those of items. */
export const DESCRIPTION = 'description';
export const DRAFT_STATES = ['draft', 'approved', 'rejected'] as const;
export type DraftState = (typeof DRAFT_STATES)[number];

/** A description that was written of an item; whether somebody approved it is the state of its record. */
export const draftSchema = z.strictObject({
  /** What the item is to say: as it was written, or as a person changed it. */
  text: z.string(),
  tone: z.enum(TONES),
  length: z.enum(['short', 'medium', 'long']),
  language: z.enum(WRITTEN_LANGUAGES),
  source: z.enum(['llm', 'template']),
  prompt: z.string().optional(),
  model: z.string().optional(),
  /** Code of why the language model did not write it. */
  degraded: z.string().optional(),
  /** Whether a person changed the text. */
  edited: z.boolean(),
  /** Hash of what it was written from. */
  facts: z.string(),
  /** Texts of ours that were written into the item, newest last: this one, and those that were approved before it. */
  ours: z.array(z.string()),
  /** What the item said before them; absent where nothing. */
  before: z.string().optional(),
  decidedBy: z.string().optional(),
  /** When it came into its state. */
  at: z.string(),
});
export type Draft = z.output<typeof draftSchema>;
