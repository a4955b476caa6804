import { defineRetriever } from '@attune/sdk';
import { itemRowsModel } from '../models/item-rows.model.js';
import { retrieveBy, TRAINED_STEP, trainedOptions } from '../models/trained-steps.js';

/**
 * Items by where walks from item to user to item end (RP3beta, Paudel et al. 2016),
 * folded in at request time from what the user took up, or from the request's seeds. Scores are interests above 0, without unit.
 * Waits for the artifact; proposes nothing for a user (or seeds) unknown to the model.
 */
export const rp3betaRetriever = defineRetriever({
  id: 'rp3beta',
  version: '1.0.0',
  config: trainedOptions('rp3beta'),
  ...TRAINED_STEP,
  setup: retrieveBy(itemRowsModel),
});
