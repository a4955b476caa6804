import { fitUserKnn, userKnnInterests } from '@attune/algorithms';
import { FoldedModel } from './folded.model.js';
import { sharedModel } from './shared-model.js';
import { csrOf } from './sparse-rows.js';

/**
 * The users of an artifact to compare with: a sparse [users × items] matrix in arrays `indptr`, `indices`, `values`, ids
 * `items`; how they are compared is in `meta`. Shared by all who opened the same.
 */
export const userKnnModel = sharedModel((source) => {
  const items = source.ids('items');
  const model = fitUserKnn(csrOf(source, items.size));
  const shape = {
    neighbors: Number(source.meta['neighbors']),
    shrinkage: Number(source.meta['shrinkage']),
    power: Number(source.meta['power']),
  };
  return new FoldedModel(items, ({ keys, weights }) => userKnnInterests(model, { rows: keys, weights }, shape));
});
