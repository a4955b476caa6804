import { easeInterests } from '@attune/algorithms';
import type { Artifact } from '@attune/sdk';
import { FoldedModel } from './folded.model.js';

const models = new WeakMap<Artifact, FoldedModel>();

/** The EASE model of an artifact (arrays `weights` [items × items], ids `items`), shared by all who opened the same. */
export function easeModel(artifact: Artifact): FoldedModel {
  let model = models.get(artifact);
  if (model === undefined) {
    const items = artifact.ids('items');
    const weights = artifact.floats('weights');
    model = new FoldedModel(items, (taste) => easeInterests(weights, items.size, taste.keys, taste.weights));
    models.set(artifact, model);
  }
  return model;
}
