import type { Artifact } from '@attune/sdk';
import type { FoldedModel } from './folded.model.js';

/** What a model is read from: an artifact, or a draft of one that is still to be judged. */
export type ModelSource = Pick<Artifact, 'meta' | 'floats' | 'ints' | 'ids'>;

/** The model of an artifact. */
export type ModelOf = (source: ModelSource) => FoldedModel;

/** Makes the model of an artifact once, for all who opened the same. */
export function sharedModel(make: ModelOf): ModelOf {
  const models = new WeakMap<ModelSource, FoldedModel>();
  return (source) => {
    let model = models.get(source);
    if (model === undefined) models.set(source, (model = make(source)));
    return model;
  };
}
