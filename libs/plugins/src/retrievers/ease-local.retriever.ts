import { defineRetriever } from '@attune/sdk';
import { itemRowsModel } from '../models/item-rows.model.js';
import { retrieveBy, TRAINED_STEP, trainedOptions } from '../models/trained-steps.js';

/**
 * Items by EASE over the items nearest to each (Steck 2019), for large catalogues,
 * folded in at request time from what the user took up, or from the request's seeds. Scores are interests above 0, without unit.
 * Waits for the artifact; proposes nothing for a user (or seeds) unknown to the model.
 */
export const easeLocalRetriever = defineRetriever({
  id: 'ease-local',
  version: '1.0.0',
  config: trainedOptions('ease-local'),
  ...TRAINED_STEP,
  setup: retrieveBy(itemRowsModel),
});
