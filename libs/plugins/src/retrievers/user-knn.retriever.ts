import { defineRetriever } from '@attune/sdk';
import { userKnnModel } from '../models/user-knn.model.js';
import { retrieveBy, TRAINED_STEP, trainedOptions } from '../models/trained-steps.js';

/**
 * Items by what the most similar users have (Resnick et al. 1994),
 * folded in at request time from what the user took up, or from the request's seeds. Scores are interests above 0, a sum of similarities.
 * Waits for the artifact; proposes nothing for a user (or seeds) unknown to the model.
 */
export const userKnnRetriever = defineRetriever({
  id: 'user-knn',
  version: '1.0.0',
  config: trainedOptions('user-knn'),
  ...TRAINED_STEP,
  setup: retrieveBy(userKnnModel),
});
