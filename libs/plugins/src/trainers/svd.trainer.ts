import { factorPredictor, fitSvd, type FactorRatings, type Ratings } from '@attune/algorithms';
import { defineTrainer } from '@attune/sdk';
import { z } from 'zod';
import { svdModel } from '../models/svd.model.js';
import { watchOf } from '../logs/interaction-matrix.js';
import { learnExaminedBy } from '../exams/learn-by.js';
import { ratingExam } from '../exams/rating-exam.js';
import { learnableRatings, scaleOf } from '../logs/rating-log.js';
import { ratingTrainingOptions } from '../exams/rating-options.js';

const options = ratingTrainingOptions.extend({
  /** Length of a factor: more tells more tastes apart. */
  dims: z.int().min(1).max(512).default(50),
  /** Rounds over all ratings. */
  epochs: z.int().min(1).max(1_000).default(50),
  /** Length of a step, where ratings have a standard deviation of 1. */
  rate: z.number().positive().max(1).default(0.005),
  /** L2 penalty of factors and biases. */
  penalty: z.number().min(0).default(0.08),
});

/** Least share of the variance of the ratings that a model must explain of those it learned from. */
const LEAST_EXPLAINED = 0.001;

/**
 * Biased matrix factorization of ratings (Koren, Bell and Volinsky 2009), by stochastic gradient descent in units of the
 * ratings' standard deviation: options mean the same on any scale. Artifact: arrays `factors` [items × dims] and `biases`
 * [items], ids `items`; nothing of a user, who is folded in at request time. Refused where it explains nothing, or where it
 * tells what users held out gave worse than mean and biases do. Throws where there is nothing to learn from.
 */
export const svdTrainer = defineTrainer({
  id: 'svd',
  version: '1.0.0',
  config: options,
  setup: learnExaminedBy(ratingExam(svdModel), (data, { types, gate: _, ...fit }: z.output<typeof options>, run) => {
    const { ratings, itemIds } = learnableRatings(data, types);
    const unit = deviationOf(ratings.values);
    const values = ratings.values.map((value) => value / unit);
    const scaled = { ...ratings, values, scale: scaleOf(values) };
    const model = fitSvd(scaled, { ...fit, random: () => run.random(), ...watchOf(run) });
    const { mean, items: biases } = model.baseline;
    const [least, greatest] = ratings.scale;
    const size = { users: ratings.userCount, items: itemIds.length, ratings: values.length };
    return {
      meta: { ...fit, types, ...size, mean, unit, least, greatest },
      arrays: { factors: model.items, biases },
      ids: { items: itemIds },
      evaluation: {
        metric: 'share of the variance explained',
        value: 1 - errorOf(model, scaled),
        minimum: LEAST_EXPLAINED,
      },
    };
  }),
});

function deviationOf(values: Float32Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

/** Mean squared error on the ratings that a model was learned from. */
function errorOf(model: FactorRatings, { users, items, values }: Ratings): number {
  const { predict } = factorPredictor(model);
  return values.reduce((sum, value, k) => sum + (predict(users[k]!, items[k]!) - value) ** 2, 0) / values.length;
}
