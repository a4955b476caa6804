import { itemKnnInterests } from '@attune/algorithms';
import { Csr } from '@attune/numeric';
import type { Artifact } from '@attune/sdk';
import { FoldedModel } from './folded.model.js';

const models = new WeakMap<Artifact, FoldedModel>();

/**
 * The neighbor lists of an artifact (a sparse [items × items] matrix in arrays `indptr`, `indices`, `values`, ids
 * `items`), shared by all who opened the same.
 */
export function itemKnnModel(artifact: Artifact): FoldedModel {
  let model = models.get(artifact);
  if (model === undefined) {
    const items = artifact.ids('items');
    const neighbors = Csr.fromArrays(
      { rows: items.size, cols: items.size },
      { indptr: artifact.ints('indptr'), indices: artifact.ints('indices'), values: artifact.floats('values') },
    );
    model = new FoldedModel(items, (taste) => itemKnnInterests(neighbors, taste.keys, taste.weights));
    models.set(artifact, model);
  }
  return model;
}
