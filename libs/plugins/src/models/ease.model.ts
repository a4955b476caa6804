import { easeInterests } from '@attune/algorithms';
import { FoldedModel } from './folded.model.js';
import { sharedModel } from './shared-model.js';

/** The EASE model of an artifact (arrays `weights` [items × items], ids `items`), shared by all who opened the same. */
export const easeModel = sharedModel((source) => {
  const items = source.ids('items');
  const weights = source.floats('weights');
  return new FoldedModel(items, (taste) => easeInterests(weights, items.size, taste.keys, taste.weights));
});
