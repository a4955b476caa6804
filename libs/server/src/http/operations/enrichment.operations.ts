import { idSchema } from '@attune/sdk';
import { z } from 'zod';
import { ENRICHMENT_STATES, enrichmentSchema } from '../../enrichment/enrichment.record.js';
import type { Operation } from './operation.js';

const { language, duplicateOf, values, attributes } = enrichmentSchema.shape;

export const itemEnrichmentSchema = z
  .strictObject({
    id: z.string().describe('Of the item.'),
    title: z.string().optional().describe('Of the item; absent where it is gone.'),
    state: z.enum(ENRICHMENT_STATES).describe('Whether a value waits for somebody.'),
    language: language.describe('What the texts are written in, as far as they tell; from .9 on it is applied.'),
    duplicateOf: duplicateOf.describe('The first item with the same title. Nothing is merged.'),
    attributes: attributes.describe('What was looked for.'),
    values: values.describe('What was found, each with the words that say it, in UTF-16 units of the member.'),
    rules: enrichmentSchema.shape.rules,
    model: enrichmentSchema.shape.model.describe('Prompt and language model, where one answered.'),
  })
  .meta({ id: 'ItemEnrichment' });
export type ItemEnrichment = z.output<typeof itemEnrichmentSchema>;

export const enrichmentsSchema = z
  .strictObject({
    enrichments: z.array(itemEnrichmentSchema),
    after: z.string().optional().describe('For the next page; absent where there is none.'),
  })
  .meta({ id: 'Enrichments' });

const decisionSchema = z
  .strictObject({
    attribute: z.string().min(1).max(128),
    value: z.string().min(1).max(1000).describe('As it was found.'),
    decision: z.enum(['accept', 'reject']),
    by: z.string().min(1).max(100).optional().describe('Who decides, as they call themselves.'),
  })
  .meta({ id: 'ValueDecision' });

const example: ItemEnrichment = {
  id: '22551',
  title: 'Spaceboy lunch box, blue',
  state: 'done',
  language: { tag: 'en', confidence: 0.94 },
  attributes: ['color', 'material'],
  values: [
    {
      attribute: 'color',
      value: 'blue',
      confidence: 0.95,
      span: { field: 'title', from: 20, to: 24, text: 'blue' },
      source: 'rules@1',
      state: 'accepted',
      decision: 'accept',
      decidedBy: 'Ann',
      at: '2026-11-21T09:30:00.000Z',
    },
  ],
  rules: 'rules@1',
};

export const listEnrichments = {
  id: 'listEnrichments',
  method: 'get',
  path: '/v1/enrichments',
  tag: 'texts',
  summary: 'What texts of items say',
  description: 'Of the items that jobs of the type `enrich` have read, in the order of their ids.',
  query: z.strictObject({
    state: z.enum(ENRICHMENT_STATES).optional().describe('Default: all.'),
    limit: z.coerce.number().int().min(1).max(1000).default(100),
    after: idSchema.optional().describe('`after` of the page before.'),
  }),
  example: { state: 'review', limit: '10' },
  answer: {
    status: 200,
    description: 'A page of them.',
    schema: enrichmentsSchema,
    example: { enrichments: [example], after: '22551' },
  },
  errors: [],
} as const satisfies Operation;

export const getEnrichment = {
  id: 'getEnrichment',
  method: 'get',
  path: '/v1/enrichments/{id}',
  tag: 'texts',
  summary: 'What the texts of an item say',
  answer: { status: 200, description: 'What is known of them.', schema: itemEnrichmentSchema, example },
  errors: ['ITEM_NOT_FOUND', 'ENRICHMENT_NOT_FOUND'],
} as const satisfies Operation;

export const decideEnrichment = {
  id: 'decideEnrichment',
  method: 'post',
  path: '/v1/enrichments/{id}',
  tag: 'texts',
  summary: 'Accept or reject a value',
  description:
    'The item has it, or has it no more, when the call is answered. Where the catalogue has a value of its own that one stays, and the state is `overruled`. A rejected value is never applied again for the same texts.',
  body: decisionSchema,
  example: { attribute: 'color', value: 'blue', decision: 'accept', by: 'Ann' },
  answer: { status: 200, description: 'What is known of the texts now.', schema: itemEnrichmentSchema, example },
  errors: [
    'ITEM_NOT_FOUND',
    'ENRICHMENT_NOT_FOUND',
    'VALUE_NOT_PROPOSED',
    'ENRICHMENT_OUTDATED',
    'RECORD_CHANGED',
    'NOT_DURABLE',
  ],
} as const satisfies Operation;
