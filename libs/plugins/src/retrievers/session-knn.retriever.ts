import { defineRetriever } from '@attune/sdk';
import { sessionKnnModel } from '../models/session-knn.model.js';
import { retrieveBy, TRAINED_STEP, trainedOptions } from '../models/trained-steps.js';

/**
 * Items by what the most similar sessions hold (Ludewig and Jannach 2018),
 * folded in at request time from what the user took up, or from the request's seeds. Scores are interests above 0, without unit.
 * Waits for the artifact; proposes nothing for a user (or seeds) unknown to the model.
 */
export const sessionKnnRetriever = defineRetriever({
  id: 'session-knn',
  version: '1.0.0',
  config: trainedOptions('session-knn'),
  ...TRAINED_STEP,
  setup: retrieveBy(sessionKnnModel),
});
