import { fitItemKnn } from '@attune/algorithms';
import { defineTrainer } from '@attune/sdk';
import { z } from 'zod';
import { interactionMatrix, positiveWeights, watchOf } from './interaction-matrix.js';

const options = z.strictObject({
  /** Event types that say a user has an item. */
  types: z.array(z.string()).min(1).default(['purchase']),
  /** Neighbors kept for each item. */
  neighbors: z.int().min(1).max(10_000).default(100),
  /** Added to the denominator of the cosine, so that few common users count less. */
  shrinkage: z.number().min(0).default(10),
});

/**
 * Item-based neighbors (Sarwar et al. 2001): each item's most similar others by the cosine of their users. Artifact:
 * arrays `indptr`, `indices`, `values` (sparse [items × items], rows by item), ids `items`. Refused where no item has a
 * neighbor. Throws where there is nothing to learn from.
 */
export const itemKnnTrainer = defineTrainer({
  id: 'item-knn',
  version: '1.0.0',
  config: options,
  setup: ({ types, neighbors, shrinkage }) => ({
    fit(data, run) {
      const { matrix, itemIds } = interactionMatrix(data, types);
      const { indptr, indices, values } = fitItemKnn(matrix, { neighbors, shrinkage, ...watchOf(run) });
      return {
        meta: { neighbors, shrinkage, types, users: matrix.rows, items: itemIds.length, pairs: matrix.entries },
        arrays: { indptr, indices, values },
        ids: { items: itemIds },
        evaluation: { metric: 'neighbors', value: positiveWeights(values), minimum: 1 },
      };
    },
  }),
});
