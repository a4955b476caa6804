import { defineScorer } from '@attune/sdk';
import { ialsModel } from '../models/ials.model.js';
import { scoreBy, TRAINED_STEP, trainedOptions } from '../models/trained-steps.js';

/**
 * Interest in each candidate by implicit ALS (Hu, Koren and Volinsky 2008), folded in at request time
 * from what the user took up, or from the request's seeds; around 0..1, larger is better. Waits for the artifact;
 * abstains on items, users and seeds unknown to the model.
 */
export const ialsScorer = defineScorer({
  id: 'ials',
  version: '1.0.0',
  config: trainedOptions('ials'),
  ...TRAINED_STEP,
  setup: scoreBy(ialsModel),
});
