import { z } from 'zod';
import { predicateSchema } from '../predicate/predicate.schema.js';
import { itemSchema } from './item.schema.js';
import { idSchema, timeSchema } from './scalar.schema.js';

const asked = {
  userId: idSchema.optional(),
  anonymousId: idSchema.optional(),
  sessionId: idSchema.optional().describe('Default: events less than 30 minutes apart are one session.'),
  filter: predicateSchema.optional(),
  exclude: z.array(idSchema).max(1000).optional().describe('Items not to show.'),
  limit: z.int().min(1).max(200).default(10),
  explain: z.boolean().default(false).describe('A reason an item, and each contribution to its score.'),
  trace: z
    .boolean()
    .default(false)
    .describe('Account for every candidate: proposed, filtered, scored and moved by whom, with times.'),
  context: z
    .record(z.string().max(128), z.union([z.string().max(1000), z.number(), z.boolean()]))
    .refine((context) => Object.keys(context).length <= 50, 'at most 50 members')
    .optional(),
  at: timeSchema
    .optional()
    .describe('Ask as of this moment: histories, sessions and counts use events up to it. Default now.'),
};

export const slateRequestSchema = z
  .strictObject({
    surface: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,63}$/)
      .describe('home, item, cart, search, email, or one of your own.'),
    ...asked,
    itemIds: z.array(idSchema).max(200).optional().describe('Seeds: the items of the page or of the cart.'),
    query: z.string().max(1000).optional(),
    seen: z.enum(['exclude', 'include']).default('exclude').describe('Whether items already bought may return.'),
  })
  .meta({ id: 'SlateRequest' });
export type SlateRequest = z.output<typeof slateRequestSchema>;

export const searchRequestSchema = z
  .strictObject({
    query: z.string().min(1).max(1000),
    ...asked,
    seen: z.enum(['exclude', 'include']).default('include'),
  })
  .meta({ id: 'SearchRequest' });
export type SearchRequest = z.output<typeof searchRequestSchema>;

export const similarQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(10),
  filter: z.string().max(10_000).optional().describe('A filter as JSON.'),
});

const reasonSchema = z.strictObject({
  key: z.string(),
  text: z.string(),
  evidence: z.array(z.string()).describe('Items of the user’s own past.'),
});

const movedSchema = z.strictObject({ by: z.string(), from: z.int(), to: z.int() });

export const slateItemSchema = z.strictObject({
  id: z.string(),
  score: z.number(),
  rank: z.int().describe('From 1.'),
  item: itemSchema.optional(),
  contributions: z.record(z.string(), z.number()).optional().describe('Added in order they give the score.'),
  reason: reasonSchema.optional(),
});
export type SlateItem = z.output<typeof slateItemSchema>;

/** One candidate's whole way through the pipeline. */
const candidateTraceSchema = z.strictObject({
  id: z.string(),
  proposedBy: z.array(z.strictObject({ plugin: z.string(), position: z.int(), score: z.number() })),
  filteredBy: z.string().optional(),
  score: z.number().optional(),
  contributions: z.record(z.string(), z.number()).optional(),
  abstained: z.array(z.string()).optional(),
  movedBy: z.array(movedSchema).optional(),
  rank: z.int().optional().describe('Absent where the candidate is not in the slate.'),
});
export type CandidateTrace = z.output<typeof candidateTraceSchema>;

export const traceSchema = z
  .strictObject({
    stages: z.array(
      z.strictObject({
        stage: z.enum(['gather', 'retrieve', 'filter', 'score', 'rank', 'rerank', 'explain']),
        ms: z.number(),
        candidates: z.int().describe('Left after the stage.'),
        plugins: z.array(z.strictObject({ plugin: z.string(), ms: z.number() })),
      }),
    ),
    candidates: z.array(candidateTraceSchema),
    notes: z.array(z.strictObject({ plugin: z.string(), code: z.string(), detail: z.string().optional() })),
  })
  .meta({ id: 'Trace' });
export type Trace = z.output<typeof traceSchema>;

export const degradedSchema = z
  .strictObject({ plugin: z.string(), code: z.string(), detail: z.string().optional(), ms: z.number().optional() })
  .meta({ id: 'Degraded' });
export type Degraded = z.output<typeof degradedSchema>;

export const slateSchema = z
  .strictObject({
    slateId: z.string(),
    surface: z.string(),
    pipeline: z.strictObject({ digest: z.string() }),
    items: z.array(slateItemSchema),
    degraded: z.array(degradedSchema),
    tookMs: z.number(),
    trace: traceSchema.optional(),
  })
  .meta({ id: 'Slate' });
export type SlateAnswer = z.output<typeof slateSchema>;

export const searchAnswerSchema = slateSchema
  .extend({
    total: z.int().describe('Candidates that passed every filter.'),
    query: z.strictObject({ text: z.string() }),
  })
  .meta({ id: 'SearchAnswer' });
