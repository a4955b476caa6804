import type { Artifact } from '@attune/sdk';
import type { FoldedModel } from './folded.model.js';

/** The model of an artifact. */
export type ModelOf = (artifact: Artifact) => FoldedModel;

/** Makes the model of an artifact once, for all who opened the same. */
export function sharedModel(make: ModelOf): ModelOf {
  const models = new WeakMap<Artifact, FoldedModel>();
  return (artifact) => {
    let model = models.get(artifact);
    if (model === undefined) models.set(artifact, (model = make(artifact)));
    return model;
  };
}
