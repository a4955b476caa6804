import { z } from 'zod';
import { distinct } from './distinct.js';

/** Further versions that a space may have at once: each holds a vector of every item. */
const MOST_VERSIONS = 4;

/** What a text model is, and how what it makes is compared. */
const source = {
  model: z
    .string()
    .min(1)
    .optional()
    .describe('Folder of the model: a bundled one by name, or a path relative to this file.'),
  use: z.string().min(1).optional().describe('Id of an embedder plugin, in place of a model.'),
  config: z.record(z.string(), z.unknown()).optional().describe('Options of that plugin.'),
  metric: z
    .enum(['cosine', 'dot', 'euclidean'])
    .optional()
    .describe('How the vectors of its space are compared; default what the model folder says.'),
};

const version = z.strictObject(source);
export type EmbedderSource = z.output<typeof version>;

/** Refuses one that is not made by a model or a plugin, and no other. */
function oneOf({ model, use }: EmbedderSource, context: z.RefinementCtx): void {
  if ((model === undefined) === (use === undefined))
    context.addIssue({ code: 'custom', message: 'name either a model or a plugin to use' });
}

/** `embedders` of `attune.config.yaml`. */
export const embeddersSchema = z
  .array(
    z
      .strictObject({
        id: z
          .string()
          .regex(/^[a-z][a-z0-9-]{0,31}$/)
          .describe('Name of the space its vectors live in.'),
        ...source,
        languages: z
          .array(z.string().regex(/^[a-z]{2,3}$/, "is a language's ISO 639 code, for example zh"))
          .default([])
          .describe('Languages of the items and queries it reads; the first embedder takes all that none names.'),
        versions: z
          .array(version.superRefine(oneOf))
          .max(MOST_VERSIONS)
          .optional()
          .describe(
            'Other models for the same space, filled beside it; which one is in use is switched while serving.',
          ),
      })
      .superRefine(oneOf),
  )
  .min(1)
  .superRefine(distinct('id'))
  .superRefine((embedders, context) => {
    embedders.forEach(({ languages }, i) => {
      const message = 'only the first embedder may leave this out: name the languages that this one reads';
      if (i > 0 && languages.length === 0) context.addIssue({ code: 'custom', path: [i, 'languages'], message });
    });
  })
  .default([{ id: 'text', model: 'all-MiniLM-L6-v2', languages: [] }])
  .describe('Text models. The first is the main one, in whose space items and histories are compared.');
