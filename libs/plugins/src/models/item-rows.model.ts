import { itemKnnInterests } from '@attune/algorithms';
import { FoldedModel } from './folded.model.js';
import { sharedModel } from './shared-model.js';
import { csrOf } from './sparse-rows.js';

/**
 * A model that says for each item what it speaks for: a sparse [items × items] matrix in arrays `indptr`, `indices`,
 * `values`, ids `items`. Of neighbors, walks and local weights alike; shared by all who opened the same artifact.
 */
export const itemRowsModel = sharedModel((source) => {
  const items = source.ids('items');
  const rows = csrOf(source, items.size);
  return new FoldedModel(items, (taste) => itemKnnInterests(rows, taste.keys, taste.weights));
});
