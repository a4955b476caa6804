import { z } from 'zod';

/** How a history is told to a model of order. */
export const recencyOptions = z.strictObject({
  /** Newest items of a history that speak. */
  last: z.int().min(1).max(10_000).default(10),
  /** Weight of an item beside that of the next newer one. */
  decay: z.number().gt(0).max(1).default(0.8),
});
