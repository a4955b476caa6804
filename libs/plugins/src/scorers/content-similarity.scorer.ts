import { defineScorer } from '@attune/sdk';
import { z } from 'zod';
import { intentVector } from '../taste/intent-vector.js';
import { scoreVectors } from '../taste/mean-vector.js';
import { tasteOptions } from '../taste/taste.js';
import { TEXT_SPACE } from '../taste/text-space.js';

const options = tasteOptions.extend({
  halfLifeDays: z.number().positive().default(30),
  maxItems: z.int().min(1).max(1000).default(50),
});

/**
 * Cosine between each candidate's text and what the request is about: the query, else the mean of the seeds, else the
 * decayed mean of what the user took up. In −1..1. Abstains where either has no vector.
 */
export const contentSimilarityScorer = defineScorer({
  id: 'content-similarity',
  version: '1.0.0',
  config: options,
  needs: ['query', 'history'],
  uses: ['embed', 'itemVectors'],
  itemVectors: [TEXT_SPACE],
  setup: (taste, host) => ({
    async score({ requests, offsets, candidates }, out, call) {
      const vectors = await Promise.all(requests.map((request) => intentVector(request, host, taste, call)));
      if (call.deadline.signal.aborted) return;
      vectors.forEach((vector, r) => {
        if (vector === undefined) return;
        scoreVectors(vector, candidates.itemVectors.text, out, { start: offsets[r]!, end: offsets[r + 1]! });
      });
    },
  }),
});
