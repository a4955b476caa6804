import { reportStep } from '@attune/numeric';
import { defineTrainer } from '@attune/sdk';
import { z } from 'zod';
import { sparseArrays } from '../models/sparse-rows.js';
import { userKnnModel } from '../models/user-knn.model.js';
import { interactionMatrix, watchOf } from '../logs/interaction-matrix.js';
import { learnBy } from '../exams/learn-by.js';
import { newestOf, usersOf } from '../logs/owners.js';
import { trainingOptions } from '../exams/training-options.js';

const options = trainingOptions.extend({
  /** Most similar users that speak. */
  neighbors: z.int().min(1).max(10_000).default(200),
  /** Added to the denominator of the cosine, so that few common items count less. */
  shrinkage: z.number().min(0).default(0),
  /** A neighbor speaks with similarity^power. */
  power: z.number().positive().default(1),
  /** Users who are compared with, those with the newest events: time at a request grows with them. */
  users: z.int().min(1).max(1_000_000).default(50_000),
});

/**
 * User-based neighbors (Resnick et al. 1994): who has what, to be compared by cosine at a request. Artifact: arrays
 * `indptr`, `indices`, `values` (sparse [users × items]), ids `items`. It holds what single users have, without their ids:
 * after somebody was erased, train again. Refused where nobody has two items, or where it fails its gate. Throws where
 * there is nothing to learn from.
 */
export const userKnnTrainer = defineTrainer({
  id: 'user-knn',
  version: '1.0.0',
  config: options,
  setup: learnBy(userKnnModel, (data, { types, gate: _, users, ...shape }: z.output<typeof options>, run) => {
    const watch = watchOf(run);
    reportStep(watch, 0, 1);
    const { matrix, itemIds } = interactionMatrix(data, types, newestOf(data, types, usersOf(data), users));
    reportStep(watch, 1, 1);
    const several = matrix.indptr.filter((start, row) => matrix.indptr[row + 1]! - start > 1).length;
    return {
      meta: { ...shape, types, users: matrix.rows, items: itemIds.length, pairs: matrix.entries },
      arrays: sparseArrays(matrix),
      ids: { items: itemIds },
      evaluation: { metric: 'users with two items', value: several, minimum: 1 },
    };
  }),
});
