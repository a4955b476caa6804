import { defineScorer } from '@attune/sdk';
import { userKnnModel } from '../models/user-knn.model.js';
import { scoreBy, TRAINED_STEP, trainedOptions } from '../models/trained-steps.js';

/**
 * Interest in each candidate by what the most similar users have (Resnick et al. 1994),
 * folded in at request time from what the user took up, or from the request's seeds; a sum of similarities, larger is better.
 * Waits for the artifact; abstains on items, users and seeds unknown to the model.
 */
export const userKnnScorer = defineScorer({
  id: 'user-knn',
  version: '1.0.0',
  config: trainedOptions('user-knn'),
  ...TRAINED_STEP,
  setup: scoreBy(userKnnModel),
});
