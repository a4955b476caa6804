import { defineRetriever, NOTHING_RETRIEVED } from '@attune/sdk';
import { foldInOptions } from '../models/folded.model.js';
import { IndexedAdapter } from '../models/indexed-adapter.model.js';
import { ADAPTED_SPACE, ADAPTER_ALIAS } from '../models/text-adapter.model.js';
import { nearestItems } from '../proposals/nearest-items.js';

/**
 * Items whose text, adapted to what people do (`train: [{ use: text-adapter, index: true }]`), is nearest to what the user took
 * up lately, or to the request's seeds; items that nobody touched yet among them. Found in the search index, under the request's
 * filters. Scores are cosines above 0. Waits for the artifact; proposes nothing where no such item has a vector.
 */
export const textAdapterRetriever = defineRetriever({
  id: 'text-adapter',
  version: '1.0.0',
  config: foldInOptions,
  needs: ['history'],
  uses: ['artifacts', 'itemVectors', 'vectorIndex'],
  traits: { coldUser: false },
  async setup(options, { artifacts, itemVectors, vectorIndex }) {
    await itemVectors.gather(ADAPTED_SPACE, []);
    const model = await IndexedAdapter.open(await artifacts.open(ADAPTER_ALIAS), itemVectors);
    return {
      retrieve: (requests, limit, call) =>
        Promise.all(
          requests.map(async (request) => {
            const vector = await model.queryOf(request, options);
            if (vector === undefined) return NOTHING_RETRIEVED;
            const isLiked = (score: number): boolean => score > 0;
            return nearestItems(vectorIndex, { space: ADAPTED_SPACE, vector, isLiked }, { request, limit, call });
          }),
        ),
    };
  },
});
