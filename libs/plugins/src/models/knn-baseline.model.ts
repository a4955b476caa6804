import { foldInRatingKnn } from '@attune/algorithms';
import { PredictedRatings } from './rating.model.js';
import { sharedModel } from './shared-model.js';
import { csrOf } from './sparse-rows.js';

/**
 * The model of an artifact of similar items: arrays `biases` [items] and `indptr`, `indices`, `values` (sparse
 * [items × items]), ids `items`; the mean and how neighbors are heard are in `meta`. Shared by all who opened the same.
 */
export const knnBaselineModel = sharedModel((source) => {
  const { meta } = source;
  const items = source.ids('items');
  const similarities = csrOf(source, items.size);
  const model = { mean: Number(meta['mean']), biases: source.floats('biases'), similarities };
  const how = {
    neighbors: Number(meta['neighbors']),
    userPenalty: Number(meta['userPenalty']),
    damping: Number(meta['damping']),
  };
  const scale = [Number(meta['least']), Number(meta['greatest'])] as const;
  return new PredictedRatings(items, scale, (own) => foldInRatingKnn(model, how, own));
});
