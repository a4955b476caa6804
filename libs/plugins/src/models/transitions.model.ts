import { transitionInterests } from '@attune/algorithms';
import { FoldedModel } from './folded.model.js';
import { oldestFirst } from './oldest-first.js';
import { sharedModel } from './shared-model.js';
import { csrOf } from './sparse-rows.js';

/**
 * What follows what, of an artifact: a sparse [items × items] matrix in arrays `indptr`, `indices`, `values`, ids `items`;
 * `meta.last` newest items of a history count, each `meta.decay` times as much as the next newer one.
 */
export const transitionsModel = sharedModel((source) => {
  const items = source.ids('items');
  const model = { followers: csrOf(source, items.size) };
  const recency = { last: Number(source.meta['last']), decay: Number(source.meta['decay']) };
  return new FoldedModel(items, (taste) => transitionInterests(model, oldestFirst(taste), recency));
});
