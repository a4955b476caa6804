import { fitItemKnn } from '@attune/algorithms';
import { defineTrainer } from '@attune/sdk';
import { z } from 'zod';
import { itemRowsModel } from '../models/item-rows.model.js';
import { interactionMatrix, watchOf } from '../logs/interaction-matrix.js';
import { learnBy } from '../exams/learn-by.js';
import { rowsDraft } from './rows-draft.js';
import { trainingOptions } from '../exams/training-options.js';

const options = trainingOptions.extend({
  /** Neighbors kept for each item. */
  neighbors: z.int().min(1).max(10_000).default(100),
  /** Added to the denominator of the cosine, so that few common users count less. */
  shrinkage: z.number().min(0).default(10),
});

/**
 * Item-based neighbors (Sarwar et al. 2001): each item's most similar others by the cosine of their users. Artifact:
 * arrays `indptr`, `indices`, `values` (sparse [items × items], rows by item), ids `items`. Refused where no item has a
 * neighbor, or where it fails its gate. Throws where there is nothing to learn from.
 */
export const itemKnnTrainer = defineTrainer({
  id: 'item-knn',
  version: '1.0.0',
  config: options,
  setup: learnBy(itemRowsModel, (data, { types, neighbors, shrinkage }: z.output<typeof options>, run) => {
    const { matrix, itemIds } = interactionMatrix(data, types);
    const rows = fitItemKnn(matrix, { neighbors, shrinkage, ...watchOf(run) });
    return rowsDraft(rows, itemIds, { neighbors, shrinkage, types, users: matrix.rows, pairs: matrix.entries });
  }),
});
