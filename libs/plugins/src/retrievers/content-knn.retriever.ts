import { defineRetriever, NOTHING_RETRIEVED, type Retrieved } from '@attune/sdk';
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
            const { itemIds, where } = request;
            const k = limit + itemIds.length;
            return without(await host.vectorIndex.knn({ ...intent, k, where }, call), itemIds, limit);
          }),
        ),
    };
  },
});

function without(found: Retrieved, seeds: readonly string[], limit: number): Retrieved {
  if (seeds.length === 0) return found;
  const named = new Set(seeds);
  const kept = [...found.ids.keys()].filter((i) => !named.has(found.ids[i]!)).slice(0, limit);
  return { ids: kept.map((i) => found.ids[i]!), scores: Float32Array.from(kept, (i) => found.scores[i]!) };
}
