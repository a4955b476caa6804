import { defineScorer, type VectorBlock, type View } from '@attune/sdk';
import { z } from 'zod';
import { meanVector, scoreVectors } from '../taste/mean-vector.js';
import { tasteOf, tasteOptions } from '../taste/taste.js';
import { TEXT_SPACE } from '../taste/text-space.js';

const options = tasteOptions.extend({
  halfLifeDays: z.number().positive().default(30),
  maxItems: z.int().min(1).max(1000).default(50),
});

/**
 * How near each candidate's text is to the decayed mean of what the user took up, also where there is a query (which
 * `content-similarity` would look at instead), in the space of the query's language; by the metric of the space. Abstains
 * where the user or the candidate has no vector there.
 */
export const tasteSimilarityScorer = defineScorer({
  id: 'taste-similarity',
  version: '1.0.0',
  config: options,
  needs: ['query', 'history'],
  uses: ['itemVectors'],
  itemVectors: [TEXT_SPACE],
  traits: { coldUser: false },
  setup(taste, { itemVectors }) {
    const about = async (space: string, { history, now }: View<'history'>): Promise<Float32Array | undefined> => {
      const { keys, weights } = tasteOf(history, history.items, taste, now);
      return keys.length === 0 ? undefined : meanVector(await itemVectors.gather(space, keys), weights);
    };
    return {
      async score({ requests, offsets, candidates: { ids, itemVectors: gathered } }, out, call) {
        for (const [r, request] of requests.entries()) {
          const space = request.query?.space ?? TEXT_SPACE;
          const vector = await about(space, request);
          if (vector === undefined) continue;
          const block: VectorBlock = space === TEXT_SPACE ? gathered.text : await itemVectors.gather(space, ids);
          if (call.deadline.signal.aborted) return;
          scoreVectors(vector, block, out, { start: offsets[r]!, end: offsets[r + 1]! });
        }
      },
    };
  },
});
