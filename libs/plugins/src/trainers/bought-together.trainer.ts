import { fitItemKnn } from '@attune/algorithms';
import { defineTrainer } from '@attune/sdk';
import { z } from 'zod';
import { interactionMatrix, positiveWeights, watchOf } from '../logs/interaction-matrix.js';
import { basketsOf } from '../logs/owners.js';

const MINUTE_MS = 60_000;

const options = z.strictObject({
  /** Event types that put an item into a basket. */
  types: z.array(z.string()).min(1).default(['purchase']),
  /** Longest pause within a basket; 0: only what one event names is together. */
  gapMinutes: z.number().min(0).default(30),
  /** `cosine` prefers what sells; `lift`, how many times as often as by chance, what belongs together. */
  measure: z.enum(['cosine', 'lift']).default('cosine'),
  /** Fewest baskets that hold both. */
  minBaskets: z.int().min(1).default(2),
  /** Against chance: added to the denominator of the cosine; lift is multiplied by baskets / (baskets + shrinkage). */
  shrinkage: z.number().min(0).default(5),
  /** Companions kept for each item. */
  neighbors: z.int().min(1).max(10_000).default(100),
});

/**
 * What is bought together: for each item, those that most stand in the same basket, i.e. among one user's events with no
 * pause longer than `gapMinutes`. Artifact: arrays `indptr`, `indices`, `values` (sparse [items × items], rows by item),
 * ids `items`. Refused where no two items were ever together. Throws where there is nothing to learn from.
 */
export const boughtTogetherTrainer = defineTrainer({
  id: 'bought-together',
  version: '1.0.0',
  config: options,
  setup: ({ types, gapMinutes, measure, minBaskets, shrinkage, neighbors }) => ({
    fit(data, run) {
      const baskets = basketsOf(data, types, gapMinutes * MINUTE_MS);
      const { matrix, itemIds } = interactionMatrix(data, types, baskets);
      const fit = { neighbors, shrinkage, similarity: measure, minCommon: minBaskets, ...watchOf(run) };
      const { indptr, indices, values } = fitItemKnn(matrix, fit);
      return {
        meta: { types, gapMinutes, measure, minBaskets, shrinkage, neighbors, baskets: baskets.count },
        arrays: { indptr, indices, values },
        ids: { items: itemIds },
        evaluation: { metric: 'pairs', value: positiveWeights(values), minimum: 1 },
      };
    },
  }),
});
