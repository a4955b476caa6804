import { EASE_MAX_ITEMS, fitEase } from '@attune/algorithms';
import { defineTrainer } from '@attune/sdk';
import { z } from 'zod';
import { interactionMatrix, positiveWeights, watchOf } from './interaction-matrix.js';

const options = z.strictObject({
  /** L2 penalty; larger for sparser data. */
  lambda: z.number().positive().default(400),
  /** Event types that say a user has an item. */
  types: z.array(z.string()).min(1).default(['purchase']),
  /** Refuses to train on more: the model takes items² floats. */
  maxItems: z.int().min(1).max(EASE_MAX_ITEMS).default(EASE_MAX_ITEMS),
});

/**
 * EASE (Steck 2019): the item-to-item weights that best rebuild each user's items from the others. Artifact: array
 * `weights` [items × items], row = what having the item says; ids `items`. O(items³); 3,400 items take seconds.
 * Refused where no weight is above 0. Throws where there is nothing to learn from or too many items.
 */
export const easeTrainer = defineTrainer({
  id: 'ease',
  version: '1.0.0',
  config: options,
  setup: ({ lambda, types, maxItems }) => ({
    fit(data, run) {
      const { matrix, itemIds } = interactionMatrix(data, types);
      if (itemIds.length > maxItems)
        throw new Error(`ease takes at most ${maxItems} items, the log has ${itemIds.length}: train item-knn instead`);
      const weights = fitEase(matrix, { lambda, ...watchOf(run) });
      return {
        meta: { lambda, types, users: matrix.rows, items: itemIds.length, pairs: matrix.entries },
        arrays: { weights },
        ids: { items: itemIds },
        evaluation: { metric: 'positive weights', value: positiveWeights(weights), minimum: 1 },
      };
    },
  }),
});
