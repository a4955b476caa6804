import { z } from 'zod';

const use = z.string().min(1);

/** `attune.config.yaml`. */
export const configSchema = z.strictObject({
  plugins: z
    .array(z.union([use, z.strictObject({ use, inProcess: z.boolean().default(false) })]))
    .default([])
    .describe('Plugins from outside: package names, or paths relative to this file. They run in threads of their own unless inProcess.'),
  embedders: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/).describe('Name of the space its vectors live in.'),
        model: z.string().min(1).describe('Folder of the model: a bundled one by name, or a path relative to this file.'),
      }),
    )
    .min(1)
    .default([{ id: 'text', model: 'all-MiniLM-L6-v2' }]),
  attributes: z
    .record(z.string(), z.strictObject({ type: z.enum(['keyword', 'number', 'boolean', 'date']) }))
    .default({})
    .describe('Attributes of items that filters may name.'),
  events: z
    .strictObject({
      weights: z.record(z.string(), z.number()).default({}).describe('Custom event types and their weights.'),
    })
    .default({ weights: {} }),
  train: z
    .array(
      z.strictObject({
        use,
        config: z.record(z.string(), z.unknown()).default({}),
        everyHours: z.number().positive().optional().describe('Train again after this many hours.'),
        deadlineMinutes: z.number().positive().default(30),
      }),
    )
    .default([]),
  surfaces: z.string().default('./surfaces').describe('Folder of the pipeline files, relative to this file.'),
});
export type Config = z.output<typeof configSchema>;
