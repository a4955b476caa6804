import { z } from 'zod';

const use = z.string().min(1);

/** Refuses an entry whose name an earlier one has: one of them would be ignored. */
const distinct =
  <T>(name: keyof T & string) =>
  (entries: readonly T[], context: z.RefinementCtx): void => {
    const met = new Set<unknown>();
    entries.forEach((entry, i) => {
      const message = `'${String(entry[name])}' is here twice: drop or rename one`;
      if (met.has(entry[name])) context.addIssue({ code: 'custom', path: [i, name], message });
      met.add(entry[name]);
    });
  };

/** `attune.config.yaml`. */
export const configSchema = z.strictObject({
  plugins: z
    .array(z.union([use, z.strictObject({ use, inProcess: z.boolean().default(false) })]))
    .default([])
    .describe(
      'Plugins from outside: package names, or paths relative to this file. They run in threads of their own unless inProcess; embedders never do.',
    ),
  embedders: z
    .array(
      z.strictObject({
        id: z
          .string()
          .regex(/^[a-z][a-z0-9-]{0,31}$/)
          .describe('Name of the space its vectors live in.'),
        model: z
          .string()
          .min(1)
          .optional()
          .describe('Folder of the model: a bundled one by name, or a path relative to this file.'),
        use: use.optional().describe('Id of an embedder plugin, in place of a model.'),
        config: z.record(z.string(), z.unknown()).optional().describe('Options of that plugin.'),
        languages: z
          .array(z.string().regex(/^[a-z]{2,3}$/, "is a language's ISO 639 code, for example zh"))
          .default([])
          .describe('Languages of the items and queries it reads; the first embedder takes all that none names.'),
        metric: z
          .enum(['cosine', 'dot', 'euclidean'])
          .optional()
          .describe('How the vectors of its space are compared; default what the model folder says.'),
      }),
    )
    .min(1)
    .superRefine(distinct('id'))
    .superRefine((embedders, context) => {
      embedders.forEach(({ model, use: plugin, languages }, i) => {
        if ((model === undefined) === (plugin === undefined))
          context.addIssue({ code: 'custom', path: [i], message: 'name either a model or a plugin to use' });
        const message = 'only the first embedder may leave this out: name the languages that this one reads';
        if (i > 0 && languages.length === 0) context.addIssue({ code: 'custom', path: [i, 'languages'], message });
      });
    })
    .default([{ id: 'text', model: 'all-MiniLM-L6-v2', languages: [] }])
    .describe('Text models. The first is the main one, in whose space items and histories are compared.'),
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
    })
    .default({ synonyms: [] })
    .describe('What searches know besides the catalogue.'),
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
