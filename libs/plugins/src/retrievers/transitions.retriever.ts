import { defineRetriever } from '@attune/sdk';
import { transitionsModel } from '../models/transitions.model.js';
import { retrieveBy, TRAINED_STEP, trainedOptions } from '../models/trained-steps.js';

/**
 * Items by what followed the newest items of a history in those of others (a Markov chain within a window),
 * folded in at request time from what the user took up, or from the request's seeds. Scores are interests above 0, without unit.
 * Waits for the artifact; proposes nothing for a user (or seeds) unknown to the model.
 */
export const transitionsRetriever = defineRetriever({
  id: 'transitions',
  version: '1.0.0',
  config: trainedOptions('transitions'),
  ...TRAINED_STEP,
  setup: retrieveBy(transitionsModel),
});
