import { defineRetriever } from '@attune/sdk';
import { bprModel } from '../models/bpr.model.js';
import { retrieveBy, TRAINED_STEP, trainedOptions } from '../models/trained-steps.js';

/**
 * Items by factors that rank what users have above the rest (BPR, Rendle et al. 2009),
 * folded in at request time from what the user took up, or from the request's seeds. Scores are interests above 0, chances in 0..1.
 * Waits for the artifact; proposes nothing for a user (or seeds) unknown to the model.
 */
export const bprRetriever = defineRetriever({
  id: 'bpr',
  version: '1.0.0',
  config: trainedOptions('bpr'),
  ...TRAINED_STEP,
  setup: retrieveBy(bprModel),
});
