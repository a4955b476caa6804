import { defineRetriever, NOTHING_RETRIEVED, type Retrieved } from '@attune/sdk';
import { foldInOptions } from '../models/folded.model.js';
import { IALS_ALIAS, IALS_SPACE, IndexedIals } from '../models/indexed-ials.model.js';

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
            return liked(await vectorIndex.knn({ space: IALS_SPACE, vector, k, where }, call), itemIds, limit);
          }),
        ),
    };
  },
});

/** What is of interest at all, seeds left out. */
function liked(found: Retrieved, seeds: readonly string[], limit: number): Retrieved {
  const named = new Set(seeds);
  const kept = [...found.ids.keys()].filter((i) => found.scores[i]! > 0 && !named.has(found.ids[i]!)).slice(0, limit);
  return { ids: kept.map((i) => found.ids[i]!), scores: Float32Array.from(kept, (i) => found.scores[i]!) };
}
