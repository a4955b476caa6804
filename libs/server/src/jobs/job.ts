import { INSTRUCTION_TASKS, TONES, WRITTEN_LANGUAGES } from '@attune/language';
import { idSchema, JOB_STATES, predicateSchema, type JobRun as PortRun, type WholeWork } from '@attune/sdk';
import { z } from 'zod';
import { attributeNames } from '../config/enrichment.schema.js';

const surface = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,63}$/)
  .describe('Surface whose pipeline is asked.');
const limit = z.int().min(1).max(200).default(10).describe('Items a slate.');
const seed = z.int().min(0).max(4_294_967_295).default(42).describe('Draws the users and the intervals.');

const train = z.strictObject({
  type: z.literal('train'),
  use: z
    .array(z.string().min(1).max(200))
    .min(1)
    .max(32)
    .optional()
    .describe('Trainers to run; default all that are configured.'),
});

const recommend = z
  .strictObject({
    type: z.literal('recommend'),
    surface,
    users: z.array(idSchema).min(1).max(100_000).optional().describe('Default: every known user.'),
    limit,
    seen: z.enum(['exclude', 'include']).default('exclude').describe('Whether items already bought may return.'),
  })
  .describe('A slate for each user; the result is NDJSON, one `{userId, items: [{id, score}]}` a line.');

const erase = z
  .strictObject({ type: z.literal('erase'), userId: idSchema })
  .describe('Forgets a user; the result is a receipt with counts per store.');

const evaluate = z
  .strictObject({
    type: z.literal('evaluate'),
    surface,
    users: z.int().min(1).max(1_000_000).optional().describe('How many users to draw; default all with two baskets.'),
    limit,
    seed,
  })
  .describe('How well slates find the last basket of each user, asked as of just before it.');

const diff = z
  .strictObject({
    type: z.literal('diff'),
    surface,
    step: z.strictObject({
      use: z.string().min(1).max(200).describe('Id of the scorer.'),
      config: z.record(z.string(), z.unknown()).optional(),
      as: z
        .string()
        .regex(/^[a-z][a-z0-9-]{0,63}$/)
        .optional()
        .describe('Name of its column; default the id.'),
    }),
    weight: z.number().min(-1000).max(1000).default(0.5).describe('In the `weighted` ranker.'),
    scale: z.enum(['max', 'zscore', 'rank', 'none']).default('max'),
    requests: z.int().min(1).max(10_000).default(500),
    seed,
  })
  .describe('Slates before and after a scorer is added to a pipeline, on real requests.');

const embed = z
  .strictObject({ type: z.literal('embed') })
  .describe('Vectors of items that lack one in a space in use.');

const backfill = z
  .strictObject({ type: z.literal('backfill') })
  .describe('The same in the other versions of spaces, so that one of them can be put into use.');

const compare = z
  .strictObject({
    type: z.literal('compare'),
    space: z.string().min(1).max(64).describe('Name of the space.'),
    version: z.string().min(1).max(200).describe('Beside the one in use; see `GET /v1/spaces`.'),
    surface,
    users: z.int().min(1).max(1_000_000).default(1_000).describe('How many users with two baskets to draw.'),
    items: z.int().min(1).max(100_000).default(500).describe('How many items whose neighbors are compared to draw.'),
    seed,
  })
  .describe('What another version of a space would change: neighbors of items, slates, and how well these hit.');

const instructions = z
  .strictObject({
    type: z.literal('instructions'),
    tasks: z
      .array(z.enum(INSTRUCTION_TASKS))
      .min(1)
      .max(INSTRUCTION_TASKS.length)
      .default([...INSTRUCTION_TASKS]),
    limitPerTask: z.int().min(1).max(100_000).default(10_000).describe('Lines of each task, at most.'),
    heldOutShare: z
      .number()
      .min(0)
      .max(0.5)
      .default(0.1)
      .describe('Share of the events, the latest, that is held out.'),
    seed: seed.describe('Draws what is asked for, and what is offered beside it.'),
  })
  .describe('What people did as conversations that language models are taught and judged by; the result is NDJSON.');

const where = predicateSchema.optional().describe('Default: every item.');

const enrich = z
  .strictObject({
    type: z.literal('enrich'),
    where,
    attributes: attributeNames
      .optional()
      .describe('Declared as `keyword` in the configuration; default those that `enrichment.attributes` names.'),
    model: z.boolean().default(false).describe('Whether the language model is asked, too: once an item.'),
  })
  .describe('Values of attributes, languages and duplicates out of the texts of items; sure ones are applied.');

const describe = z
  .strictObject({
    type: z.literal('describe'),
    where,
    tone: z.enum(TONES).default('plain'),
    length: z.enum(['short', 'medium', 'long']).default('medium'),
    language: z.enum(WRITTEN_LANGUAGES).optional().describe('Default: that of each item.'),
    onlyWithout: z.boolean().default(true).describe('Whether items with a description are left alone.'),
    limit: z.int().min(1).max(10_000).default(1_000).describe('Drafts, at most.'),
  })
  .describe('Drafts of descriptions, as `POST /v1/items/{id}/description` writes them, for a person to approve.');

/** What a job is asked to do, by type. */
export const jobRequestSchema = z
  .discriminatedUnion('type', [
    train,
    embed,
    backfill,
    recommend,
    erase,
    evaluate,
    diff,
    compare,
    instructions,
    enrich,
    describe,
  ])
  .meta({ id: 'JobRequest' });
export type JobRequest = z.output<typeof jobRequestSchema>;
export type JobType = JobRequest['type'];
export type JobRequestOf<T extends JobType> = Extract<JobRequest, { readonly type: T }>;

export const JOB_TYPES = [
  ...(['train', 'embed', 'backfill', 'recommend', 'erase'] as const),
  ...(['evaluate', 'diff', 'compare', 'instructions'] as const),
  ...(['enrich', 'describe'] as const),
] as const satisfies JobType[];

/** A job as it is told. What it was asked is not part of it: that may name people. */
export const jobSchema = z
  .strictObject({
    id: z.string(),
    type: z.enum(JOB_TYPES),
    state: z.enum(JOB_STATES),
    progress: z.strictObject({ done: z.number(), total: z.number() }),
    counts: z.strictObject({ ok: z.int(), failed: z.int() }),
    createdAt: z.string(),
    finishedAt: z.string().optional(),
    error: z.string().optional(),
  })
  .meta({ id: 'Job' });
export type { JobStatus as Job } from '@attune/sdk';

/** A job under way. */
export type JobRun<R extends JobRequest = JobRequest> = PortRun<R>;
/** Work that jobs of every type are done with. */
export type JobWork = WholeWork<JobRequest>;
export type { JobOutcome } from '@attune/sdk';
