import { z } from 'zod';

/** Options of every trainer of a model of ratings. */
export const ratingTrainingOptions = z.strictObject({
  /** Event types whose values are ratings; a user's newest rating of an item counts. */
  types: z.array(z.string()).min(1).default(['rating']),
  /**
   * How many times as near the model must come to the ratings of users held out as mean and biases do, less two standard errors;
   * else it is refused and the previous one stays. 0: nobody is held out, and a model is learned once.
   */
  gate: z.number().min(0).default(1),
});
export type RatingTrainingOptions = z.output<typeof ratingTrainingOptions>;
