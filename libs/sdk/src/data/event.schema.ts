import { z } from 'zod';
import { idSchema, timeSchema } from './scalar.schema.js';

/** Event types with a meaning of their own; others are legal once configuration gives them a weight. */
export const EVENT_TYPES = [
  'view',
  'click',
  'add_to_cart',
  'purchase',
  'rating',
  'like',
  'dislike',
  'hide',
  'search',
  'review',
  'impression',
] as const;

/** What someone did. `id` makes it idempotent: the same id counts once. */
export const eventSchema = z
  .strictObject({
    id: idSchema.describe('Idempotency key: the same id counts once.'),
    type: z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,63}$/)
      .describe(`One of ${EVENT_TYPES.join(', ')}, or a type that configuration gives a weight.`),
    userId: idSchema.optional(),
    anonymousId: idSchema.optional().describe('With userId: the two are joined, the newest join wins.'),
    sessionId: idSchema.optional(),
    itemId: idSchema.optional(),
    itemIds: z.array(idSchema).min(1).max(1000).optional(),
    value: z.number().optional(),
    query: z.string().max(1000).optional(),
    slateId: idSchema.optional(),
    position: z.int().min(0).max(10_000).optional(),
    at: timeSchema.optional().describe('Default: receipt time.'),
    context: z.record(z.string().max(128), z.union([z.string().max(1000), z.number(), z.boolean()])).optional(),
  })
  .refine((event) => event.userId !== undefined || event.anonymousId !== undefined, {
    message: 'needs userId or anonymousId',
    path: ['userId'],
  })
  .refine((event) => event.itemId === undefined || event.itemIds === undefined, {
    message: 'itemId and itemIds exclude each other',
    path: ['itemIds'],
  });
export type EventInput = z.output<typeof eventSchema>;

/** An event as it is stored: its time is always set. */
export type StoredEvent = EventInput & { readonly at: string };

/** The items an event touches; empty for one without. */
export function itemsOf(event: EventInput): readonly string[] {
  if (event.itemIds !== undefined) return event.itemIds;
  return event.itemId === undefined ? [] : [event.itemId];
}
