import { defineScorer, type VectorBlock } from '@attune/sdk';
import { assertSpace, intentOptions, intentVector, type Intent } from '../taste/intent-vector.js';
import { scoreVectors } from '../taste/mean-vector.js';
import { TEXT_SPACE } from '../taste/text-space.js';

/**
 * How near each candidate's text is to what the request is about: the query, else the mean of the seeds, else the decayed
 * mean of what the user took up. By the metric of the space: the cosine in −1..1, the dot product, or minus the Euclidean
 * distance. Abstains where either has no vector.
 */
export const contentSimilarityScorer = defineScorer({
  id: 'content-similarity',
  version: '1.1.0',
  config: intentOptions,
  needs: ['query', 'history'],
  uses: ['embed', 'itemVectors'],
  itemVectors: [TEXT_SPACE],
  async setup(options, host) {
    await assertSpace(options, host);
    return {
      async score({ requests, offsets, candidates }, out, call) {
        const blocks = new Map<string, Promise<VectorBlock>>([
          [TEXT_SPACE, Promise.resolve(candidates.itemVectors.text)],
        ]);
        const blockOf = (space: string): Promise<VectorBlock> => {
          const block = blocks.get(space) ?? host.itemVectors.gather(space, candidates.ids);
          blocks.set(space, block);
          return block;
        };
        const compared = async (intent: Intent | undefined) =>
          intent && { vector: intent.vector, block: await blockOf(intent.space) };
        const intents = await Promise.all(
          requests.map(async (request) => compared(await intentVector(request, host, options, call))),
        );
        if (call.deadline.signal.aborted) return;
        intents.forEach((intent, r) => {
          if (intent === undefined) return;
          scoreVectors(intent.vector, intent.block, out, { start: offsets[r]!, end: offsets[r + 1]! });
        });
      },
    };
  },
});
