import { fitIals } from '@attune/algorithms';
import { defineTrainer } from '@attune/sdk';
import { z } from 'zod';
import { ialsModel } from '../models/ials.model.js';
import { interactionMatrix, watchOf } from '../logs/interaction-matrix.js';
import { learnBy } from '../exams/learn-by.js';
import { trainingOptions } from '../exams/training-options.js';

const options = trainingOptions.extend({
  /** Length of a factor: more tells more tastes apart, and takes time by its square. */
  dims: z.int().min(1).max(512).default(64),
  /** L2 penalty, times what a row has. */
  lambda: z.number().positive().default(0.005),
  /** Weight of what a user does not have, beside 1 for what he has. */
  alpha0: z.number().positive().default(0.5),
  /** 1: users and items are regularized by how much they have; 0: all alike. */
  nu: z.number().min(0).max(1).default(1),
  /** Rounds over all users and items. */
  iterations: z.int().min(1).max(100).default(8),
  /** Conjugate gradient steps a row and round. */
  steps: z.int().min(1).max(50).default(3),
  /**
   * Threads that solve rows: the model is the same by any number of them. More than 1 takes cores from the process that
   * trains, and from the slates that it serves.
   */
  threads: z.int().min(1).max(64).default(1),
});

/** Least share of the loss of an empty model that a model must have explained away. */
const LEAST_EXPLAINED = 0.001;

/**
 * Implicit ALS (Hu, Koren and Volinsky 2008; parameters as in Rendle et al. 2021): item factors whose products with a
 * user's are near 1 for what he has and near 0 elsewhere. Artifact: arrays `factors` [items × dims] and `gram`
 * [dims × dims], ids `items`; nothing of a user, who is folded in at request time. Refused where the factors explain
 * nothing (lambda or alpha0 too large), or where it fails its gate. Throws where there is nothing to learn from.
 */
export const ialsTrainer = defineTrainer({
  id: 'ials',
  version: '1.0.0',
  config: options,
  setup: learnBy(ialsModel, (data, { types, gate: _, threads, ...fit }: z.output<typeof options>, run) => {
    const { matrix, itemIds } = interactionMatrix(data, types);
    const random = (): number => run.random();
    const { factors, gram, losses } = fitIals(matrix, { ...fit, threads, random, ...watchOf(run) });
    // A model of zeros misses each pair by 1.
    const explained = 1 - losses.at(-1)! / matrix.entries;
    return {
      meta: { ...fit, types, users: matrix.rows, items: itemIds.length, pairs: matrix.entries },
      arrays: { factors, gram },
      ids: { items: itemIds },
      evaluation: { metric: 'share of the loss explained', value: explained, minimum: LEAST_EXPLAINED },
    };
  }),
});
