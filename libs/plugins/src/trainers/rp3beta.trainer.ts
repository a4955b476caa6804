import { fitRp3beta } from '@attune/algorithms';
import { defineTrainer } from '@attune/sdk';
import { z } from 'zod';
import { itemRowsModel } from '../models/item-rows.model.js';
import { interactionMatrix, watchOf } from '../logs/interaction-matrix.js';
import { learnBy } from '../exams/learn-by.js';
import { rowsDraft } from './rows-draft.js';
import { trainingOptions } from '../exams/training-options.js';

const options = trainingOptions.extend({
  /** Power of each step's probability: below 1 evens them out. */
  alpha: z.number().positive().default(0.6),
  /** Power of an item's popularity that walks to it are divided by. */
  beta: z.number().min(0).default(0.4),
  /** Ends of walks kept for each item. */
  neighbors: z.int().min(1).max(10_000).default(200),
});

/**
 * RP3beta (Paudel et al. 2016): where walks from an item over its users to their items end. Artifact: arrays `indptr`,
 * `indices`, `values` (sparse [items × items], rows by item), ids `items`. Refused where no walk leaves its item, or where
 * it fails its gate. Throws where there is nothing to learn from.
 */
export const rp3betaTrainer = defineTrainer({
  id: 'rp3beta',
  version: '1.0.0',
  config: options,
  setup: learnBy(itemRowsModel, (data, { types, gate: _, ...shape }: z.output<typeof options>, run) => {
    const { matrix, itemIds } = interactionMatrix(data, types);
    const { walks } = fitRp3beta(matrix, { ...shape, ...watchOf(run) });
    return rowsDraft(walks, itemIds, { ...shape, types, users: matrix.rows, pairs: matrix.entries });
  }),
});
