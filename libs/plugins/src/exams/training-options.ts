import { z } from 'zod';

/** Options of every trainer whose model is judged on users held out. */
export const trainingOptions = z.strictObject({
  /** Event types that say a user has an item. */
  types: z.array(z.string()).min(1).default(['purchase']),
  /**
   * What the model must reach on users held out, as a multiple of what popularity reaches there, less two standard errors;
   * else it is refused and the previous one stays. 0: nobody is held out, and a model is learned once.
   */
  gate: z.number().min(0).default(1),
});
export type TrainingOptions = z.output<typeof trainingOptions>;
