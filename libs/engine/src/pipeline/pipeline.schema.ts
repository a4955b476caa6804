import { z } from 'zod';

const use = z.string().min(1).max(200).describe('Id of the plugin.');
const config = z.record(z.string(), z.unknown()).optional().describe('Options of the plugin.');
const isolate = z
  .boolean()
  .optional()
  .describe('Run in a worker thread that is ended at the budget. Default: plugins from outside the tree.');
const hardMs = z.int().min(1).max(60_000).optional().describe('Budget; default the plugin’s own.');
const step = z.strictObject({ use, config, isolate, hardMs });
const optional = z
  .boolean()
  .optional()
  .describe('Left out where the server has no language model and the plugin asks one. Default: named in each slate.');

const explainer = step.extend({ optional });

const named = step.extend({
  as: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,63}$/, 'lower case letters, digits and dashes, from a letter')
    .optional()
    .describe('Column name; default the plugin’s id.'),
});

/** One surface: the whole way from request to slate, as data. */
export const pipelineSchema = z.strictObject({
  surface: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,63}$/, 'lower case letters, digits and dashes')
    .describe('Name of the surface, as requests say it.'),
  deadlineMs: z.int().min(1).max(60_000).default(120).describe('Milliseconds for the whole slate.'),
  retrieve: z
    .array(named.extend({ limit: z.int().min(1).max(1000).default(100).describe('Most items proposed.') }))
    .min(1)
    // One bit each in `Candidates.sources`, one for an item asked about, and one for the fallback.
    .max(30)
    .describe('Who proposes items: all at once.'),
  filter: z.array(step).max(32).default([]).describe('Who removes candidates, in this order.'),
  score: z.array(named).max(64).default([]).describe('Who scores candidates, a column each: all at once.'),
  rank: step.describe('How the columns become one score.'),
  rerank: z
    .array(step.extend({ optional }))
    .max(16)
    .default([])
    .describe('Who reorders the best candidates, in this order.'),
  explain: z
    .union([explainer, z.array(explainer).max(8)])
    .default([])
    .describe(
      'Who gives reasons, where a request asks for them: one step or several, of which the first that has one is taken. Those that phrase come after all others.',
    )
    .transform((value) => (Array.isArray(value) ? value : [value])),
  fallback: z
    .union([z.string(), step])
    .default('popular')
    .describe('The retriever that fills a slate which would be short.')
    .transform((value) => (typeof value === 'string' ? { use: value } : value)),
});
export type PipelineSpec = z.output<typeof pipelineSchema>;
export type StepSpec = z.output<typeof step>;

/** A pipeline with where it was written, so that a finding can name the line. */
export interface PipelineSource {
  readonly spec: PipelineSpec;
  readonly locate: (path: readonly (string | number)[]) => { readonly file: string; readonly line: number };
}
