import { z } from 'zod';
import { ITEM_PATH } from '../items/values-of.js';

/** What a case is told by, for models of clicks and purchases. */
export const fieldOptions = z.strictObject({
  /** The item itself. */
  item: z.boolean().default(true),
  /** Newest distinct items of the user's history: a user is what they did, so nothing is stored of them. 0: none. */
  history: z.int().min(0).max(100).default(10),
  /** Event types that put an item into that history. */
  types: z.array(z.string()).min(1).default(['view', 'click', 'add_to_cart', 'purchase', 'like']),
  /** Attributes of users, such as `country`. */
  user: z.array(z.string().min(1)).default([]),
  /** What items share: `categories`, `brand`, `attributes.<name>`. It speaks for items that are new. */
  items: z.array(ITEM_PATH).default(['categories', 'brand']),
  /** Keys of the context that requests are sent with, such as `device`. */
  context: z.array(z.string().min(1)).default([]),
  /** Hour of the day and day of the week (UTC), and the surface. */
  moment: z.array(z.enum(['hour', 'weekday', 'surface'])).default(['hour', 'weekday', 'surface']),
  /**
   * Whether places are learned from. When a model is asked every candidate counts as at the first place, so that a place does not
   * pass for taste.
   */
  position: z.boolean().default(true),
});
export type FieldOptions = z.output<typeof fieldOptions>;
