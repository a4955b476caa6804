import { defineScorer } from '@attune/sdk';
import { rateBy, ratingOptions } from '../models/rating-steps.js';
import { svdModel } from '../models/svd.model.js';
import { TRAINED_STEP } from '../models/trained-steps.js';

/**
 * The rating that the user is predicted to give each candidate by SVD (Koren, Bell and Volinsky 2009), folded in at request
 * time from the user's own ratings; around the scale of the ratings, not clipped to it. To order what other steps propose: a
 * catalogue it orders badly, since what would be rated highest is seldom what is wanted next. Waits for the artifact; abstains on
 * items unknown to the model, and on users who rated nothing that it knows.
 */
export const svdScorer = defineScorer({
  id: 'svd',
  version: '1.0.0',
  config: ratingOptions('svd'),
  ...TRAINED_STEP,
  setup: rateBy(svdModel),
});
