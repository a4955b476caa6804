import { itemKnnInterests } from '@attune/algorithms';
import { Csr } from '@attune/numeric';
import { FoldedModel } from './folded.model.js';
import { sharedModel } from './shared-model.js';

/**
 * The neighbor lists of an artifact (a sparse [items × items] matrix in arrays `indptr`, `indices`, `values`, ids
 * `items`), shared by all who opened the same.
 */
export const itemKnnModel = sharedModel((artifact) => {
  const items = artifact.ids('items');
  const neighbors = Csr.fromArrays(
    { rows: items.size, cols: items.size },
    { indptr: artifact.ints('indptr'), indices: artifact.ints('indices'), values: artifact.floats('values') },
  );
  return new FoldedModel(items, (taste) => itemKnnInterests(neighbors, taste.keys, taste.weights));
});
