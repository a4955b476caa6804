import { defineScorer } from '@attune/sdk';
import { itemRowsModel } from '../models/item-rows.model.js';
import { scoreBy, TRAINED_STEP } from '../models/trained-steps.js';
import { togetherOptions } from '../models/together-options.js';

/**
 * How much each candidate is bought in the same basket as the items of the page or of the cart (or, by option, as those
 * of the user's past): the sum of the trainer's measure, larger is better. Waits for the artifact; abstains where there
 * are no such items, and on items that the model does not know.
 */
export const boughtTogetherScorer = defineScorer({
  id: 'bought-together',
  version: '1.0.0',
  config: togetherOptions,
  ...TRAINED_STEP,
  setup: scoreBy(itemRowsModel),
});
