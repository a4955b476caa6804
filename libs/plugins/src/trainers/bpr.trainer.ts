import { fitBpr } from '@attune/algorithms';
import { defineTrainer } from '@attune/sdk';
import { z } from 'zod';
import { bprModel } from '../models/bpr.model.js';
import { interactionMatrix, positiveWeights, watchOf } from '../logs/interaction-matrix.js';
import { learnBy } from '../exams/learn-by.js';
import { trainingOptions } from '../exams/training-options.js';

const options = trainingOptions.extend({
  /** Length of a factor. */
  dims: z.int().min(1).max(512).default(64),
  /** Length of the first step; steps shorten to 0. */
  rate: z.number().positive().max(1).default(0.05),
  /** L2 penalty. */
  lambda: z.number().min(0).default(0.003),
  /** Steps for each pair of user and item. */
  passes: z.int().min(1).max(1_000).default(50),
});

/**
 * BPR (Rendle et al. 2009): factors and biases that rank what users have above what they do not. Artifact: arrays
 * `factors` [items × dims] and `biases` [items], ids `items`; nothing of a user, whose factor climbs at request time.
 * Refused where no item is above any other, or where it fails its gate. Throws where there is nothing to learn from.
 */
export const bprTrainer = defineTrainer({
  id: 'bpr',
  version: '1.0.0',
  config: options,
  setup: learnBy(bprModel, (data, { types, gate: _, ...shape }: z.output<typeof options>, run) => {
    const { matrix, itemIds } = interactionMatrix(data, types);
    if (itemIds.length < 2) throw new Error('bpr compares items, the log has one: send more events first');
    const { factors, biases } = fitBpr(matrix, { ...shape, random: () => run.random(), ...watchOf(run) });
    return {
      meta: { ...shape, types, users: matrix.rows, items: itemIds.length, pairs: matrix.entries },
      arrays: { factors, biases },
      ids: { items: itemIds },
      evaluation: { metric: 'items above others', value: positiveWeights(biases), minimum: 1 },
    };
  }),
});
