import { defineRetriever } from '@attune/sdk';
import { ialsModel } from '../models/ials.model.js';
import { retrieveBy, TRAINED_STEP, trainedOptions } from '../models/trained-steps.js';

/**
 * Items by implicit ALS (Hu, Koren and Volinsky 2008), folded in at request time from what the user
 * took up, or from the request's seeds. Scores are interests above 0, around 0..1. Waits for the artifact; proposes
 * nothing for a user (or seeds) unknown to the model.
 */
export const ialsRetriever = defineRetriever({
  id: 'ials',
  version: '1.0.0',
  config: trainedOptions('ials'),
  ...TRAINED_STEP,
  setup: retrieveBy(ialsModel),
});
