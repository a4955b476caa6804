import { dot } from '@attune/numeric';
import { defineScorer } from '@attune/sdk';
import { foldInOptions } from '../models/folded.model.js';
import { IALS_ALIAS, IALS_SPACE, IndexedIals, isKnown } from '../models/indexed-ials.model.js';

/**
 * As `ials`, with the item factors in the search index (`train: [{ use: ials, index: true }]`): the interest in each
 * candidate of a user who is folded in at request time, around 0..1, larger is better. Waits for the artifact; abstains on
 * items, users and seeds unknown to the model.
 */
export const ialsKnnScorer = defineScorer({
  id: 'ials-knn',
  version: '1.0.0',
  config: foldInOptions,
  needs: ['history'],
  uses: ['artifacts', 'itemVectors'],
  itemVectors: [IALS_SPACE],
  traits: { coldUser: false, coldItem: false },
  async setup(options, { artifacts, itemVectors }) {
    const model = new IndexedIals(await artifacts.open(IALS_ALIAS), itemVectors);
    return {
      async score({ requests, offsets, candidates }, out, call) {
        const { dims, data } = candidates.itemVectors[IALS_SPACE];
        const users = await Promise.all(requests.map((request) => model.userOf(request, options)));
        if (call.deadline.signal.aborted) return;
        users.forEach((user, r) => {
          for (let c = offsets[r]!; user !== undefined && c < offsets[r + 1]!; c++)
            if (isKnown(data, c, dims)) out[c] = dot(user, 0, data, c * dims, dims);
        });
      },
    };
  },
});
