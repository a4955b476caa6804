import { defineScorer } from '@attune/sdk';
import { itemRowsModel } from '../models/item-rows.model.js';
import { scoreBy, TRAINED_STEP, trainedOptions } from '../models/trained-steps.js';

/**
 * Interest in each candidate by EASE over the items nearest to each (Steck 2019), for large catalogues,
 * folded in at request time from what the user took up, or from the request's seeds; without unit, larger is better.
 * Waits for the artifact; abstains on items, users and seeds unknown to the model.
 */
export const easeLocalScorer = defineScorer({
  id: 'ease-local',
  version: '1.0.0',
  config: trainedOptions('ease-local'),
  ...TRAINED_STEP,
  setup: scoreBy(itemRowsModel),
});
