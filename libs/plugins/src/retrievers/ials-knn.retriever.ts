import { defineRetriever, NOTHING_RETRIEVED } from '@attune/sdk';
import { foldInOptions } from '../models/folded.model.js';
import { IALS_ALIAS, IALS_SPACE, IndexedIals } from '../models/indexed-ials.model.js';
import { withoutSeeds } from '../proposals/without-seeds.js';

/**
 * As `ials`, with the item factors in the search index (`train: [{ use: ials, index: true }]`): the user is folded in at
 * request time, and his nearest items are found there, under the request's filters. A process holds no factors. Waits for
 * the artifact; proposes nothing for a user (or seeds) unknown to the model.
 */
export const ialsKnnRetriever = defineRetriever({
  id: 'ials-knn',
  version: '1.0.0',
  config: foldInOptions,
  needs: ['history'],
  uses: ['artifacts', 'itemVectors', 'vectorIndex'],
  traits: { coldUser: false, coldItem: false },
  async setup(options, { artifacts, itemVectors, vectorIndex }) {
    await itemVectors.gather(IALS_SPACE, []);
    const model = new IndexedIals(await artifacts.open(IALS_ALIAS), itemVectors);
    return {
      retrieve: (requests, limit, call) =>
        Promise.all(
          requests.map(async (request) => {
            const vector = await model.userOf(request, options);
            if (vector === undefined) return NOTHING_RETRIEVED;
            const { itemIds, where } = request;
            const k = limit + itemIds.length;
            const found = await vectorIndex.knn({ space: IALS_SPACE, vector, k, where }, call);
            return withoutSeeds(found, itemIds, limit, (score) => score > 0);
          }),
        ),
    };
  },
});
