import { idSchema } from '@attune/sdk';
import { z } from 'zod';
import { DRAFT_STATES, draftSchema } from '../../enrichment/drafts/draft.record.js';
import type { Operation } from './operation.js';

/** Of a text that a person sends. */
const LONGEST_TEXT = 2_000;

const { facts: _facts, ours: _ours, before: _before, ...shown } = draftSchema.shape;

export const itemDraftSchema = z
  .strictObject({
    id: z.string().describe('Of the item.'),
    title: z.string().optional().describe('Of the item; absent where it is gone.'),
    state: z.enum(DRAFT_STATES),
    ...shown,
  })
  .meta({ id: 'DescriptionDraft' });
export type ItemDraft = z.output<typeof itemDraftSchema>;

const draftsSchema = z
  .strictObject({
    descriptions: z.array(itemDraftSchema),
    after: z.string().optional().describe('For the next page; absent where there is none.'),
  })
  .meta({ id: 'DescriptionDrafts' });

const decisionSchema = z
  .strictObject({
    decision: z.enum(['approve', 'reject']),
    text: z
      .string()
      .min(1)
      .max(LONGEST_TEXT)
      .optional()
      .describe('What the item is to say instead; markup and addresses are taken out of it. Only to approve.'),
    by: z.string().min(1).max(100).optional().describe('Who decides, as they call themselves.'),
  })
  .refine(({ decision, text }) => decision === 'approve' || text === undefined, {
    message: 'a draft that is rejected needs no text',
    path: ['text'],
  })
  .meta({ id: 'DraftDecision' });
export type DraftDecided = z.output<typeof decisionSchema>;

const example: ItemDraft = {
  id: '22551',
  title: 'Spaceboy lunch box',
  state: 'approved',
  text: 'Meet Spaceboy lunch box. The color is blue.',
  tone: 'warm',
  length: 'short',
  language: 'en',
  source: 'template',
  degraded: 'LLM_MISSING',
  edited: false,
  decidedBy: 'Ann',
  at: '2026-11-21T09:30:00.000Z',
};

export const listDrafts = {
  id: 'listDrafts',
  method: 'get',
  path: '/v1/descriptions',
  tag: 'texts',
  summary: 'Drafts of descriptions',
  description: 'Those that jobs of the type `describe` have written, in the order of the ids of their items.',
  query: z.strictObject({
    state: z.enum(DRAFT_STATES).optional().describe('Default: all.'),
    limit: z.coerce.number().int().min(1).max(1000).default(100),
    after: idSchema.optional().describe('`after` of the page before.'),
  }),
  example: { state: 'draft', limit: '10' },
  answer: {
    status: 200,
    description: 'A page of them.',
    schema: draftsSchema,
    example: { descriptions: [example], after: '22551' },
  },
  errors: [],
} as const satisfies Operation;

export const decideDraft = {
  id: 'decideDraft',
  method: 'post',
  path: '/v1/descriptions/{id}',
  tag: 'texts',
  summary: 'Approve or reject a draft',
  description:
    'A draft that is approved is the description of its item when the call is answered; one that is rejected after that is taken back, where the item still has it.',
  body: decisionSchema,
  example: { decision: 'approve', by: 'Ann' },
  answer: { status: 200, description: 'The draft as it is now.', schema: itemDraftSchema, example },
  errors: ['ITEM_NOT_FOUND', 'DRAFT_NOT_FOUND', 'DRAFT_OUTDATED', 'RECORD_CHANGED', 'NOT_DURABLE'],
} as const satisfies Operation;
