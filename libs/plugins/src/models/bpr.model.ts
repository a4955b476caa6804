import { bprInterests } from '@attune/algorithms';
import { FoldedModel } from './folded.model.js';
import { sharedModel } from './shared-model.js';

/**
 * The BPR model of an artifact: arrays `factors` [items × dims] and `biases` [items], ids `items`; `meta` says how a
 * user's factor climbs. Interests are chances, 0..1, to be above an item of interest 0. Shared by all who opened the same.
 */
export const bprModel = sharedModel((source) => {
  const items = source.ids('items');
  const factors = source.floats('factors');
  const model = { factors, biases: source.floats('biases'), dims: factors.length / items.size };
  const climb = {
    rate: Number(source.meta['rate']),
    lambda: Number(source.meta['lambda']),
    passes: Number(source.meta['passes']),
  };
  return new FoldedModel(items, ({ keys, weights }) =>
    bprInterests(model, { rows: keys, weights }, climb).map((interest) => 1 / (1 + Math.exp(-interest))),
  );
});
