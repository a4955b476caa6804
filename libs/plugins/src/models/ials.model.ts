import { ialsInterests, type IalsPenalty } from '@attune/algorithms';
import { FoldedModel } from './folded.model.js';
import { sharedModel } from './shared-model.js';

/**
 * The iALS model of an artifact (arrays `factors` [items × dims] and `gram` [dims × dims], ids `items`, its penalty in
 * `meta`), shared by all who opened the same.
 */
export const ialsModel = sharedModel((source) => {
  const items = source.ids('items');
  const factors = source.floats('factors');
  const gram = source.floats('gram');
  const penalty: IalsPenalty = {
    lambda: Number(source.meta['lambda']),
    alpha0: Number(source.meta['alpha0']),
    nu: Number(source.meta['nu']),
  };
  const factorization = { factors, gram, dims: Math.sqrt(gram.length) };
  return new FoldedModel(items, ({ keys, weights }) => ialsInterests(factorization, penalty, { rows: keys, weights }));
});
