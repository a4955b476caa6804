import { defineRetriever } from '@attune/sdk';
import { easeModel } from '../models/ease.model.js';
import { retrieveBy, TRAINED_STEP, trainedOptions } from '../models/trained-steps.js';

/**
 * Items by EASE (Steck 2019), folded in at request time from what the user
 * took up, or from the request's seeds. Scores are interests above 0, without unit. Waits for the artifact; proposes
 * nothing for a user (or seeds) unknown to the model.
 */
export const easeRetriever = defineRetriever({
  id: 'ease',
  version: '1.0.0',
  config: trainedOptions('ease'),
  ...TRAINED_STEP,
  setup: retrieveBy(easeModel),
});
