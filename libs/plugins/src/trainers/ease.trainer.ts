import { EASE_MAX_ITEMS, fitEase } from '@attune/algorithms';
import { defineTrainer } from '@attune/sdk';
import { z } from 'zod';
import { easeModel } from '../models/ease.model.js';
import { interactionMatrix, positiveWeights, watchOf } from '../logs/interaction-matrix.js';
import { learnBy } from '../exams/learn-by.js';
import { trainingOptions } from '../exams/training-options.js';

const options = trainingOptions.extend({
  /** L2 penalty; larger for sparser data. */
  lambda: z.number().positive().default(400),
  /** Refuses to train on more: the model takes items² floats. */
  maxItems: z.int().min(1).max(EASE_MAX_ITEMS).default(EASE_MAX_ITEMS),
});

/**
 * EASE (Steck 2019): the item-to-item weights that best rebuild each user's items from the others. Artifact: array
 * `weights` [items × items], row = what having the item says; ids `items`. O(items³); 3,400 items take seconds.
 * Refused where no weight is above 0, or where it fails its gate. Throws where there is nothing to learn from or too many items.
 */
export const easeTrainer = defineTrainer({
  id: 'ease',
  version: '1.0.0',
  config: options,
  setup: learnBy(easeModel, (data, { lambda, types, maxItems }: z.output<typeof options>, run) => {
    const { matrix, itemIds } = interactionMatrix(data, types);
    if (itemIds.length > maxItems)
      throw new Error(`ease takes at most ${maxItems} items, the log has ${itemIds.length}: train ease-local instead`);
    const weights = fitEase(matrix, { lambda, ...watchOf(run) });
    return {
      meta: { lambda, types, users: matrix.rows, items: itemIds.length, pairs: matrix.entries },
      arrays: { weights },
      ids: { items: itemIds },
      evaluation: { metric: 'positive weights', value: positiveWeights(weights), minimum: 1 },
    };
  }),
});
