import { ialsInterests, type IalsPenalty } from '@attune/algorithms';
import type { Artifact } from '@attune/sdk';
import { FoldedModel } from './folded.model.js';

const models = new WeakMap<Artifact, FoldedModel>();

/**
 * The iALS model of an artifact (arrays `factors` [items × dims] and `gram` [dims × dims], ids `items`, its penalty in
 * `meta`), shared by all who opened the same.
 */
export function ialsModel(artifact: Artifact): FoldedModel {
  let model = models.get(artifact);
  if (model === undefined) {
    const items = artifact.ids('items');
    const factors = artifact.floats('factors');
    const gram = artifact.floats('gram');
    const penalty: IalsPenalty = {
      lambda: Number(artifact.meta['lambda']),
      alpha0: Number(artifact.meta['alpha0']),
      nu: Number(artifact.meta['nu']),
    };
    const factorization = { factors, gram, dims: Math.sqrt(gram.length) };
    model = new FoldedModel(items, ({ keys, weights }) =>
      ialsInterests(factorization, penalty, { rows: keys, weights }),
    );
    models.set(artifact, model);
  }
  return model;
}
