import { z } from 'zod';
import { chatSchema } from './chat.schema.js';
import { distinct } from './distinct.js';
import { embeddersSchema } from './embedders.schema.js';
import { enrichmentSchema } from './enrichment.schema.js';
import { llmSchema } from './llm.schema.js';

const use = z.string().min(1);

/** `attune.config.yaml`. */
export const configSchema = z.strictObject({
  plugins: z
    .array(z.union([use, z.strictObject({ use, inProcess: z.boolean().default(false) })]))
    .default([])
    .describe(
      'Plugins from outside: package names, or paths relative to this file. They run in threads of their own unless inProcess; embedders never do.',
    ),
  embedders: embeddersSchema,
  attributes: z
    .record(
      z.string(),
      z
        .strictObject({
          type: z.enum(['keyword', 'number', 'boolean', 'date']),
          facet: z.boolean().optional().describe('Whether searches may count its values. Not for dates.'),
        })
        .refine(({ type, facet }) => type !== 'date' || facet !== true, {
          message: 'a date has no facet: drop `facet`, or keep what is counted as a keyword',
          path: ['facet'],
        }),
    )
    .default({})
    .describe('Attributes of items that filters may name.'),
  events: z
    .strictObject({
      weights: z.record(z.string(), z.number()).default({}).describe('Custom event types and their weights.'),
    })
    .default({ weights: {} })
    .describe('What is said of events.'),
  train: z
    .array(
      z.strictObject({
        use: use.describe('Id of a trainer; also the name of its model.'),
        config: z.record(z.string(), z.unknown()).default({}).describe('Options of the trainer.'),
        surface: z
          .string()
          .optional()
          .describe('The surface whose past proposals it learns from: for trainers of rankers, such as lambdamart.'),
        index: z
          .boolean()
          .default(false)
          .describe(
            'Whether its items are put into the search index too, for plugins such as ials-knn and text-adapter.',
          ),
        everyHours: z.number().positive().optional().describe('Train again after this many hours.'),
        // What a timer can hold: a week.
        deadlineMinutes: z.number().positive().max(10_080).default(30).describe('A longer training is stopped.'),
      }),
    )
    .superRefine(distinct('use'))
    .default([])
    .describe('Models to train: by POST /v1/jobs, and by themselves where everyHours is given.'),
  search: z
    .strictObject({
      synonyms: z
        .array(z.array(z.string().trim().min(1).max(64)).min(2).max(20))
        .max(2000)
        .default([])
        .describe('Groups of words that mean the same in a search, for example [mug, cup].'),
      rewrite: z
        .strictObject({
          enabled: z.boolean().default(false).describe('Whether a language model may put them into other words.'),
          budgetMs: z.int().min(10).max(5_000).default(200).describe('Milliseconds a search waits for it.'),
        })
        .default({ enabled: false, budgetMs: 200 })
        .describe('Queries of four words and more of which no item has most.'),
    })
    .default({ synonyms: [], rewrite: { enabled: false, budgetMs: 200 } })
    .describe('What searches know besides the catalogue.'),
  llm: llmSchema,
  chat: chatSchema,
  enrichment: enrichmentSchema,
  slateLog: z
    .strictObject({
      enabled: z.boolean().default(true).describe('Whether shown slates are logged, and events joined to them.'),
      retentionDays: z.int().min(1).max(3650).default(30).describe('Days a slate is kept.'),
    })
    .default({ enabled: true, retentionDays: 30 })
    .describe('What was shown to whom: see exposure logging.'),
  limits: z
    .strictObject({
      requestsPerSecond: z.number().min(0.01).max(1_000_000).describe('Of each API key; of an address without one.'),
      burst: z.int().min(1).max(10_000_000).optional().describe('Requests at once; default those of two seconds.'),
    })
    .optional()
    .describe('How often callers may ask. Default: as often as they like.'),
  surfaces: z.string().default('./surfaces').describe('Folder of the pipeline files, relative to this file.'),
});
export type Config = z.output<typeof configSchema>;
