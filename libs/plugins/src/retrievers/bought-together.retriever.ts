import { defineRetriever } from '@attune/sdk';
import { itemRowsModel } from '../models/item-rows.model.js';
import { retrieveBy, TRAINED_STEP } from '../models/trained-steps.js';
import { togetherOptions } from '../models/together-options.js';

/**
 * Items bought in the same basket as those of the page or of the cart (or, by option, as those of the user's past). Scores
 * are sums of the trainer's measure, larger is better. Waits for the artifact; proposes nothing where there are no such
 * items or they never shared a basket.
 */
export const boughtTogetherRetriever = defineRetriever({
  id: 'bought-together',
  version: '1.0.0',
  config: togetherOptions,
  ...TRAINED_STEP,
  setup: retrieveBy(itemRowsModel),
});
