import { fitTransitions } from '@attune/algorithms';
import { defineTrainer } from '@attune/sdk';
import { z } from 'zod';
import { recencyOptions } from '../models/recency-options.js';
import { transitionsModel } from '../models/transitions.model.js';
import { watchOf } from '../logs/interaction-matrix.js';
import { itemSequences } from '../logs/item-sequences.js';
import { learnBy } from '../exams/learn-by.js';
import { rowsDraft } from './rows-draft.js';
import { trainingOptions } from '../exams/training-options.js';

const options = trainingOptions.extend(recencyOptions.shape).extend({
  /** Farthest distance of two items that are taken to follow each other. */
  window: z.int().min(1).max(1_000).default(10),
  /** A pair counts its distance^−fade. */
  fade: z.number().min(0).default(1),
  /** What a pair counts for the way back, from the later item to the earlier one. */
  backward: z.number().min(0).default(0),
  /** Power of an item's popularity that its weight is divided by. */
  popularityPower: z.number().min(0).default(0.3),
  /** Added to the sum of what follows an item, so that few pairs say little. */
  shrinkage: z.number().min(0).default(5),
  /** Followers kept for each item. */
  neighbors: z.int().min(1).max(10_000).default(500),
});

/**
 * What followed what in the users' logs: a Markov chain that looks past the next item. Artifact: arrays `indptr`,
 * `indices`, `values` (sparse [items × items], row = what follows the item), ids `items`. Refused where nothing ever
 * followed, or where it fails its gate. Throws where there is nothing to learn from.
 */
export const transitionsTrainer = defineTrainer({
  id: 'transitions',
  version: '1.0.0',
  config: options,
  setup: learnBy(transitionsModel, (data, { types, gate: _, ...shape }: z.output<typeof options>, run) => {
    const { sequences, itemIds } = itemSequences(data, types);
    const { followers } = fitTransitions(sequences, { ...shape, ...watchOf(run) });
    return rowsDraft(followers, itemIds, { ...shape, types, events: sequences.items.length });
  }),
});
