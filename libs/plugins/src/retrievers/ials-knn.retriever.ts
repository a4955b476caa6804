import { defineRetriever, NOTHING_RETRIEVED } from '@attune/sdk';
import { foldInOptions } from '../models/folded.model.js';
import { IALS_ALIAS, IALS_SPACE, IndexedIals } from '../models/indexed-ials.model.js';
import { nearestItems } from '../proposals/nearest-items.js';

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
            const isLiked = (score: number): boolean => score > 0;
            return nearestItems(vectorIndex, { space: IALS_SPACE, vector, isLiked }, { request, limit, call });
          }),
        ),
    };
  },
});
