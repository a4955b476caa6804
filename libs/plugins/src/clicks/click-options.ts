import type { LearnsFrom } from '@attune/sdk';
import { z } from 'zod';
import { fieldOptions } from './field-options.js';

/** Options of every trainer that foretells what comes of what is shown. */
export const clickOptions = z.strictObject({
  /** What is foretold: any deed at least as strong counts, so a purchase is a click, too. */
  goal: z.enum(['click', 'cart', 'purchase']).default('click'),
  /** What a case is told by. */
  fields: fieldOptions.prefault({}),
  /** Items shown that are learned from at most, the newest, in whole slates: time and memory grow with them. */
  cases: z.int().min(1).max(2_000_000).default(200_000),
  /** Values that fewer cases have (slates, of what all items of a slate share) are not told apart from unknown ones. */
  fewest: z.int().min(1).default(5),
  /**
   * How many times as good as the items' rates the model must be on the last tenth of the slates, in log loss, less two standard
   * errors; else it is refused and the previous one stays. 0: nothing is held out, and a model is learned once.
   */
  gate: z.number().min(0).default(1),
  /** Length of a factor. */
  dims: z.int().min(1).max(128).default(8),
});
export type ClickOptions = z.output<typeof clickOptions>;

/** What such a trainer learns from beside the log. */
export const learnsFromSlates = ({ fields, cases }: ClickOptions): LearnsFrom => ({
  exposures: { context: fields.context, most: cases },
  itemAttributes: fields.items,
});
