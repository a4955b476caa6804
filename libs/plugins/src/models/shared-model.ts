import { vocabularyOf, type Artifact, type ArtifactDraft } from '@attune/sdk';
import type { FoldedModel } from './folded.model.js';

/** What a model is read from: an artifact, or a draft of one that is still to be judged. */
export type ModelSource = Pick<Artifact, 'meta' | 'contents' | 'floats' | 'ints' | 'array' | 'ids'>;

/** A draft as a model is read from it. */
export function sourceOf({ meta, arrays, ids }: ArtifactDraft): ModelSource {
  return {
    meta,
    contents: { arrays: Object.keys(arrays), ids: Object.keys(ids) },
    floats: (name) => arrays[name] as Float32Array,
    ints: (name) => arrays[name] as Int32Array,
    array: (name) => arrays[name]!,
    ids: (name) => vocabularyOf(ids[name] ?? []),
  };
}

/** The model of an artifact. */
export type ModelOf<M extends object = FoldedModel> = (source: ModelSource) => M;

/** Makes the model of an artifact once, for all who opened the same. */
export function sharedModel<M extends object>(make: ModelOf<M>): ModelOf<M> {
  const models = new WeakMap<ModelSource, M>();
  return (source) => {
    let model = models.get(source);
    if (model === undefined) models.set(source, (model = make(source)));
    return model;
  };
}
