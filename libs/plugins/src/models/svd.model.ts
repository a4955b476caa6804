import { foldInSvd } from '@attune/algorithms';
import { PredictedRatings } from './rating.model.js';
import { sharedModel } from './shared-model.js';

/**
 * The SVD model of an artifact: arrays `factors` [items × dims] and `biases` [items], ids `items`; `meta` has the mean, all
 * in units of the ratings' standard deviation, which is `unit`, and how it was learned. Shared by all who opened the same.
 */
export const svdModel = sharedModel((source) => {
  const { meta } = source;
  const items = source.ids('items');
  const factors = source.floats('factors');
  const unit = Number(meta['unit']);
  const model = {
    mean: Number(meta['mean']),
    biases: source.floats('biases'),
    factors,
    dims: factors.length / items.size,
  };
  const learning = { epochs: Number(meta['epochs']), rate: Number(meta['rate']), penalty: Number(meta['penalty']) };
  const scale = [Number(meta['least']), Number(meta['greatest'])] as const;
  return new PredictedRatings(items, scale, ({ rows, values }) => {
    const ratingOf = foldInSvd(model, learning, { rows, values: Array.from(values, (value) => value / unit) });
    return (item) => unit * ratingOf(item);
  });
});
