import { defineScorer } from '@attune/sdk';
import { sessionKnnModel } from '../models/session-knn.model.js';
import { scoreBy, TRAINED_STEP, trainedOptions } from '../models/trained-steps.js';

/**
 * Interest in each candidate by what the most similar sessions hold (Ludewig and Jannach 2018),
 * folded in at request time from what the user took up, or from the request's seeds; without unit, larger is better.
 * Waits for the artifact; abstains on items, users and seeds unknown to the model.
 */
export const sessionKnnScorer = defineScorer({
  id: 'session-knn',
  version: '1.0.0',
  config: trainedOptions('session-knn'),
  ...TRAINED_STEP,
  setup: scoreBy(sessionKnnModel),
});
