import { defineScorer } from '@attune/sdk';
import { transitionsModel } from '../models/transitions.model.js';
import { scoreBy, TRAINED_STEP, trainedOptions } from '../models/trained-steps.js';

/**
 * Interest in each candidate by what followed the newest items of a history in those of others (a Markov chain within a window),
 * folded in at request time from what the user took up, or from the request's seeds; without unit, larger is better.
 * Waits for the artifact; abstains on items, users and seeds unknown to the model.
 */
export const transitionsScorer = defineScorer({
  id: 'transitions',
  version: '1.0.0',
  config: trainedOptions('transitions'),
  ...TRAINED_STEP,
  setup: scoreBy(transitionsModel),
});
