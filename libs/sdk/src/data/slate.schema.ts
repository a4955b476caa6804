import { z } from 'zod';
import { itemSchema } from './item.schema.js';

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
    cursor: z
      .string()
      .optional()
      .describe('Where more items remain and pages were asked for: send it for the next ones.'),
    degraded: z.array(degradedSchema),
    tookMs: z.number(),
    trace: traceSchema.optional(),
  })
  .meta({ id: 'Slate' });
export type SlateAnswer = z.output<typeof slateSchema>;

/** Values of one field over everything that passed, most frequent first. */
export const facetSchema = z
  .strictObject({
    field: z.string(),
    values: z.array(
      z.strictObject({
        value: z.union([z.string(), z.number(), z.boolean()]).describe('Of numbers: the band, for a reader.'),
        count: z.int(),
        from: z.number().optional().describe('Where a band of numbers begins: `$gte`.'),
        to: z.number().optional().describe('Where it ends, exclusive: `$lt`.'),
      }),
    ),
  })
  .meta({ id: 'Facet' });
export type Facet = z.output<typeof facetSchema>;

const span = z.tuple([z.int(), z.int()]).describe('Where the query says it: [from, to) in UTF-16 units.');

/** A filter that a query says. */
const saidFilterSchema = z.strictObject({
  path: z.string().describe('`attributes.<name>`, `categories`, `brand` or `price.amount`.'),
  test: z
    .strictObject({
      $in: z.array(z.string()).optional(),
      $nin: z.array(z.string()).optional(),
      $gt: z.number().optional(),
      $gte: z.number().optional(),
      $lt: z.number().optional(),
      $lte: z.number().optional(),
    })
    .describe('`{ [path]: test }` is a filter.'),
  text: z.string().describe('The words that say it.'),
  span: span.optional().describe('Absent where a language model read it.'),
});

/** A query as it was understood. */
export const understoodQuerySchema = z
  .strictObject({
    text: z.string().describe('The words that were searched with.'),
    typed: z.string().optional().describe('The words as typed, where they were corrected.'),
    corrected: z.string().optional().describe('The words with their spelling mended.'),
    intent: z.enum(['navigational', 'category', 'broad']).optional(),
    relaxed: z
      .array(z.string())
      .describe(
        'What was given up, step by step, because nothing was found: filters, spelling, synonyms, fewer-words, meaning, popular.',
      ),
    filters: z.array(saidFilterSchema).optional().describe('Filters that the query says, and that hold.'),
    rest: z.string().optional().describe('What is left of the query to search by, where it says more; may be empty.'),
    sort: z.enum(['price-asc', 'price-desc', 'newest']).optional().describe('The order that the query says.'),
    foreign: z
      .array(z.strictObject({ span, text: z.string(), currency: z.string().describe('ISO 4217.') }))
      .optional()
      .describe('Prices in another currency than the shop’s: told, and no filter.'),
    rewritten: z.boolean().optional().describe('Whether a language model put the query into other words.'),
  })
  .meta({ id: 'UnderstoodQuery' });
export type UnderstoodQuery = z.output<typeof understoodQuerySchema>;

export const searchAnswerSchema = slateSchema
  .extend({
    total: z.int().describe('Candidates that passed every filter.'),
    facets: z.array(facetSchema).optional(),
    query: understoodQuerySchema,
  })
  .meta({ id: 'SearchAnswer' });
export type SearchAnswer = z.output<typeof searchAnswerSchema>;
