import { z } from 'zod';
import { idSchema, timeSchema } from './scalar.schema.js';

const attribute = z.union([z.string().max(1000), z.number(), z.boolean()]);

/** An item as the catalogue keeps it. Only `id` and `title` are required. */
export const itemSchema = z.strictObject({
  id: idSchema,
  title: z.string().min(1).max(1000),
  description: z.string().max(20_000).optional(),
  categories: z.array(z.string().min(1).max(256)).max(50).optional(),
  brand: z.string().max(256).optional(),
  price: z.strictObject({ amount: z.number().min(0), currency: z.string().length(3) }).optional(),
  attributes: z.record(z.string().min(1).max(128), z.union([attribute, z.array(attribute).max(100)])).optional(),
  tags: z.array(z.string().min(1).max(256)).max(100).optional(),
  images: z.array(z.string().max(2048)).max(50).optional(),
  reviews: z.string().max(20_000).optional().describe('Review text; part of the text that is embedded.'),
  available: z.boolean().optional().describe('Default true; an unavailable item is never shown.'),
  publishedAt: timeSchema.optional(),
  updatedAt: timeSchema
    .optional()
    .describe('Default: receipt. A version older than the stored one is accepted and ignored.'),
  language: z.string().max(35).optional().describe('BCP 47 tag, for example en or zh.'),
  groupId: idSchema.optional().describe('Variants share a group; one of a group is shown.'),
});
export type Item = z.output<typeof itemSchema>;
