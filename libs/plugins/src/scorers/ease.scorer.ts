import { defineScorer } from '@attune/sdk';
import { easeModel } from '../models/ease.model.js';
import { scoreBy, TRAINED_STEP, trainedOptions } from '../models/trained-steps.js';

/**
 * Interest in each candidate by EASE (Steck 2019), folded in at request time
 * from what the user took up, or from the request's seeds; without unit, larger is better. Waits for the artifact;
 * abstains on items, users and seeds unknown to the model.
 */
export const easeScorer = defineScorer({
  id: 'ease',
  version: '1.0.0',
  config: trainedOptions('ease'),
  ...TRAINED_STEP,
  setup: scoreBy(easeModel),
});
