import { fitEaseLocal } from '@attune/algorithms';
import { defineTrainer } from '@attune/sdk';
import { z } from 'zod';
import { itemRowsModel } from '../models/item-rows.model.js';
import { interactionMatrix, watchOf } from '../logs/interaction-matrix.js';
import { learnBy } from '../exams/learn-by.js';
import { rowsDraft } from './rows-draft.js';
import { trainingOptions } from '../exams/training-options.js';

const options = trainingOptions.extend({
  /** L2 penalty; larger for sparser data. */
  lambda: z.number().positive().default(200),
  /** Share of a user's items that is hidden from what learns them, below 1. */
  dropout: z.number().min(0).lt(1).default(0.33),
  /** Power of an item's popularity that interest in it is divided by. */
  popularityPower: z.number().min(0).default(0.05),
  /** Power of how much a user has, beside the mean, by which they say less of each item. */
  activityPower: z.number().min(0).default(0.3),
  /** Items that speak for an item, those most similar to it: time grows with the cube. */
  neighbors: z.int().min(1).max(1_000).default(150),
});

/** Cosines that are kept for each neighbor. */
const COSINES = 10;

/**
 * EASE for large catalogues (Steck 2019 and 2020; a fixed support as in fsSLIM, Ning and Karypis 2011): the weights that
 * rebuild each item best from those nearest to it. Artifact: arrays `indptr`, `indices`, `values` (sparse [items × items],
 * row = what having the item says), ids `items`. Refused where no weight is above 0, or where it fails its gate. Throws
 * where there is nothing to learn from.
 */
export const easeLocalTrainer = defineTrainer({
  id: 'ease-local',
  version: '1.0.0',
  config: options,
  setup: learnBy(itemRowsModel, (data, { types, gate: _, ...shape }: z.output<typeof options>, run) => {
    const { matrix, itemIds } = interactionMatrix(data, types);
    const { weights } = fitEaseLocal(matrix, { ...shape, cosines: COSINES * shape.neighbors, ...watchOf(run) });
    return rowsDraft(weights, itemIds, { ...shape, types, users: matrix.rows, pairs: matrix.entries });
  }),
});
