import { defineScorer } from '@attune/sdk';
import { knnBaselineModel } from '../models/knn-baseline.model.js';
import { rateBy, ratingOptions } from '../models/rating-steps.js';
import { TRAINED_STEP } from '../models/trained-steps.js';

/**
 * The rating that the user is predicted to give each candidate by the nearest items that the user rated, about the baseline
 * (Koren 2010); around the scale of the ratings, not clipped to it. To order what other steps propose: a catalogue it orders
 * badly, since what would be rated highest is seldom what is wanted next. Waits for the artifact; abstains on items unknown
 * to the model, and on users who rated nothing that it knows.
 */
export const knnBaselineScorer = defineScorer({
  id: 'knn-baseline',
  version: '1.0.0',
  config: ratingOptions('knn-baseline'),
  ...TRAINED_STEP,
  setup: rateBy(knnBaselineModel),
});
