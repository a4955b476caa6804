import { adapterInterests, adaptVectors, type TextAdapterModel, type TextVectors } from '@attune/algorithms';
import { vocabularyOf, type TypedArray } from '@attune/sdk';
import { FoldedModel } from './folded.model.js';
import { oldestFirst } from './oldest-first.js';
import type { ModelSource } from './shared-model.js';

/** The space of items as an adapter sees them, and the artifact that says by which one. */
export const ADAPTED_SPACE = 'text-adapter';
export const ADAPTER_ALIAS = `space:${ADAPTED_SPACE}`;

/** Arrays of an artifact: the whitening, and the maps of candidates and of histories. */
export const adapterArrays = ({ whitening, items, history }: TextAdapterModel): Record<string, TypedArray> => ({
  center: whitening.center,
  factor: whitening.factor,
  itemWeights: items.weights,
  itemBias: items.bias,
  historyWeights: history.weights,
  historyBias: history.bias,
});

/** The adapter of an artifact; `dims`, `last` and `decay` are in `meta`. */
export function textAdapterOf(source: ModelSource): TextAdapterModel {
  const dims = Number(source.meta['dims']);
  return {
    dims,
    whitening: { dims, center: source.floats('center'), factor: source.floats('factor') },
    items: { weights: source.floats('itemWeights'), bias: source.floats('itemBias') },
    history: { weights: source.floats('historyWeights'), bias: source.floats('historyBias') },
    last: Number(source.meta['last']),
    decay: Number(source.meta['decay']),
  };
}

/** Interests by an adapter in items with these vectors: what a gate asks. */
export function adaptedModel(model: TextAdapterModel, ids: readonly string[], vectors: TextVectors): FoldedModel {
  const adapted = adaptVectors(model, vectors);
  return new FoldedModel(vocabularyOf(ids), (taste) => adapterInterests(adapted, oldestFirst(taste)));
}
