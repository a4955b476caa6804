import { defineRetriever, NOTHING_RETRIEVED, type Retrieved } from '@attune/sdk';
import { z } from 'zod';
import { intentVector } from '../taste/intent-vector.js';
import { tasteOptions } from '../taste/taste.js';
import { TEXT_SPACE } from '../taste/text-space.js';

const options = tasteOptions.extend({
  halfLifeDays: z.number().positive().default(30),
  maxItems: z.int().min(1).max(1000).default(50),
});

/**
 * Items whose text means the same: nearest by cosine to the query, else to the mean of the seeds, else to the decayed
 * mean of what the user took up. Seeds are not proposed. Scores are cosines. Proposes nothing where none of the three
 * has a vector.
 */
export const contentKnnRetriever = defineRetriever({
  id: 'content-knn',
  version: '1.0.0',
  config: options,
  needs: ['query', 'history'],
  uses: ['embed', 'itemVectors', 'vectorIndex'],
  setup: (taste, host) => ({
    retrieve: (requests, limit, call) =>
      Promise.all(
        requests.map(async (request) => {
          const vector = await intentVector(request, host, taste, call);
          if (vector === undefined) return NOTHING_RETRIEVED;
          const { itemIds, where } = request;
          const k = limit + itemIds.length;
          return without(await host.vectorIndex.knn({ space: TEXT_SPACE, vector, k, where }, call), itemIds, limit);
        }),
      ),
  }),
});

function without(found: Retrieved, seeds: readonly string[], limit: number): Retrieved {
  if (seeds.length === 0) return found;
  const named = new Set(seeds);
  const kept = [...found.ids.keys()].filter((i) => !named.has(found.ids[i]!)).slice(0, limit);
  return { ids: kept.map((i) => found.ids[i]!), scores: Float32Array.from(kept, (i) => found.scores[i]!) };
}
