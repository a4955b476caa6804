import { defineScorer } from '@attune/sdk';
import { itemRowsModel } from '../models/item-rows.model.js';
import { scoreBy, TRAINED_STEP, trainedOptions } from '../models/trained-steps.js';

/**
 * Interest in each candidate by item-based neighbors (Sarwar et al. 2001), folded in at request time
 * from what the user took up, or from the request's seeds; without unit, larger is better. Waits for the artifact;
 * abstains on items, users and seeds unknown to the model.
 */
export const itemKnnScorer = defineScorer({
  id: 'item-knn',
  version: '1.0.0',
  config: trainedOptions('item-knn'),
  ...TRAINED_STEP,
  setup: scoreBy(itemRowsModel),
});
