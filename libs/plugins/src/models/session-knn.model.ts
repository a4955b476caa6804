import { fitSessionKnn, sessionKnnInterests } from '@attune/algorithms';
import { FoldedModel } from './folded.model.js';
import { oldestFirst } from './oldest-first.js';
import { sharedModel } from './shared-model.js';

/**
 * The sessions of an artifact to compare with: arrays `offsets` [sessions + 1] and `sequences` (rows of ids `items`, oldest
 * first); how they are compared is in `meta`. Shared by all who opened the same.
 */
export const sessionKnnModel = sharedModel((source) => {
  const items = source.ids('items');
  const sequences = { offsets: source.ints('offsets'), items: source.ints('sequences'), itemCount: items.size };
  const model = fitSessionKnn(sequences);
  const shape = {
    neighbors: Number(source.meta['neighbors']),
    reach: Number(source.meta['reach']),
    backward: Number(source.meta['backward']),
    idfPower: Number(source.meta['idfPower']),
    last: Number(source.meta['last']),
    decay: Number(source.meta['decay']),
  };
  return new FoldedModel(items, (taste) => sessionKnnInterests(model, oldestFirst(taste), shape));
});
