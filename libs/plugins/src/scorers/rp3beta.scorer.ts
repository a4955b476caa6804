import { defineScorer } from '@attune/sdk';
import { itemRowsModel } from '../models/item-rows.model.js';
import { scoreBy, TRAINED_STEP, trainedOptions } from '../models/trained-steps.js';

/**
 * Interest in each candidate by where walks from item to user to item end (RP3beta, Paudel et al. 2016),
 * folded in at request time from what the user took up, or from the request's seeds; without unit, larger is better.
 * Waits for the artifact; abstains on items, users and seeds unknown to the model.
 */
export const rp3betaScorer = defineScorer({
  id: 'rp3beta',
  version: '1.0.0',
  config: trainedOptions('rp3beta'),
  ...TRAINED_STEP,
  setup: scoreBy(itemRowsModel),
});
