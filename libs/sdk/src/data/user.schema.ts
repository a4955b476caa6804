import { z } from 'zod';
import { idSchema } from './scalar.schema.js';

const attribute = z.union([z.string().max(1000), z.number(), z.boolean()]);

/** A user as far as he is described; one who is not described at all is known by his events alone. */
export const userSchema = z.strictObject({
  id: idSchema,
  attributes: z
    .record(z.string().min(1).max(128), z.union([attribute, z.array(attribute).max(100)]))
    .refine((attributes) => Object.keys(attributes).length <= 100, 'at most 100 members')
    .optional()
    .describe('What segments are made of: country, plan, …'),
  consent: z
    .strictObject({
      profiling: z.boolean().describe('false: the history is neither read nor learned from. Default true.'),
    })
    .optional(),
});
export type User = z.output<typeof userSchema>;

/** Whether someone's history may be read and learned from. */
export const mayProfile = (user: User | undefined): boolean => user?.consent?.profiling !== false;
