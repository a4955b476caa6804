import { defineScorer } from '@attune/sdk';
import { bprModel } from '../models/bpr.model.js';
import { scoreBy, TRAINED_STEP, trainedOptions } from '../models/trained-steps.js';

/**
 * Interest in each candidate by factors that rank what users have above the rest (BPR, Rendle et al. 2009),
 * folded in at request time from what the user took up, or from the request's seeds; chances in 0..1, larger is better.
 * Waits for the artifact; abstains on items, users and seeds unknown to the model.
 */
export const bprScorer = defineScorer({
  id: 'bpr',
  version: '1.0.0',
  config: trainedOptions('bpr'),
  ...TRAINED_STEP,
  setup: scoreBy(bprModel),
});
