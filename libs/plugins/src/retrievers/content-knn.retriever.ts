import { defineRetriever, NOTHING_RETRIEVED } from '@attune/sdk';
import { nearestItems } from '../proposals/nearest-items.js';
import { assertSpace, intentOptions, intentVector } from '../taste/intent-vector.js';

/**
 * Items whose text means the same: nearest to the query, else to the mean of the seeds, else to the decayed mean of what
 * the user took up. Seeds are not proposed. Scores are by the metric of the space: cosines, dot products, or minus
 * Euclidean distances. Proposes nothing where none of the three has a vector.
 */
export const contentKnnRetriever = defineRetriever({
  id: 'content-knn',
  version: '1.1.0',
  config: intentOptions,
  needs: ['query', 'history'],
  uses: ['embed', 'itemVectors', 'vectorIndex'],
  async setup(options, host) {
    await assertSpace(options, host);
    return {
      retrieve: (requests, limit, call) =>
        Promise.all(
          requests.map(async (request) => {
            const intent = await intentVector(request, host, options, call);
            if (intent === undefined) return NOTHING_RETRIEVED;
            return nearestItems(host.vectorIndex, intent, { request, limit, call });
          }),
        ),
    };
  },
});
