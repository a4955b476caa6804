import { z } from 'zod';

/** Names of attributes, as items have them. */
export const attributeNames = z.array(z.string().min(1).max(128)).min(1).max(32);

/** `enrichment` of `attune.config.yaml`: what jobs of the type `enrich` do unless they are asked otherwise. */
export const enrichmentSchema = z
  .strictObject({
    attributes: attributeNames
      .default(['color', 'size', 'material'])
      .describe('What is looked for in texts; those that `attributes` declares as `keyword` are applied.'),
    applyFrom: z
      .number()
      .min(0.5)
      .max(1)
      .default(0.8)
      .describe(
        'Values this sure are applied by themselves, less sure ones wait for a person. Below .8 errors get in.',
      ),
  })
  .default({ attributes: ['color', 'size', 'material'], applyFrom: 0.8 })
  .describe('Attributes read from the texts of items.');
