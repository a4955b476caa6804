import { scaledToOne } from '@attune/algorithms';
import { dot } from '@attune/numeric';
import { defineReranker } from '@attune/sdk';
import { z } from 'zod';
import { unitRows } from '../taste/mean-vector.js';
import { TEXT_SPACE } from '../taste/text-space.js';

const options = z.strictObject({
  /** Share of relevance against novelty: 1 leaves the order as it is. */
  lambda: z.number().min(0).max(1).default(0.9),
  /** Places filled by the rule; what is behind keeps its order. */
  depth: z.int().min(1).max(200).default(20),
  /** Candidates it may choose from, the best by score. */
  pool: z.int().min(1).max(1000).default(60),
});

/**
 * Maximal marginal relevance (Carbonell and Goldstein 1998) over text vectors: each place goes to the candidate with
 * the largest lambda × relevance − (1 − lambda) × likeness to its nearest neighbor already placed. Relevance is the
 * score scaled to 0..1 within the pool, so that lambda means the same on every surface; likeness is the cosine,
 * whatever the space's metric, at least 0, and 0 for an item without a vector. O(depth × pool × dims).
 */
export const mmrReranker = defineReranker({
  id: 'mmr',
  version: '1.0.0',
  config: options,
  itemVectors: [TEXT_SPACE],
  setup: ({ lambda, depth, pool }) => ({
    depth: pool,
    rerank({ candidates: { size, itemVectors }, scores }) {
      const { dims } = itemVectors.text;
      const data = unitRows(itemVectors.text);
      const head = Math.min(pool, size);
      const relevance = scaledToOne(scores, head);
      const likeness = new Float64Array(head);
      const placed = new Uint8Array(head);
      const order = new Uint32Array(size);
      let at = 0;
      for (const places = Math.min(depth, head); at < places; at++) {
        let best = -1;
        let bestValue = -Infinity;
        for (let i = 0; i < head; i++) {
          if (placed[i] === 1) continue;
          const value = lambda * relevance[i]! - (1 - lambda) * likeness[i]!;
          if (value > bestValue) [best, bestValue] = [i, value];
        }
        order[at] = best;
        placed[best] = 1;
        for (let i = 0; i < head; i++) {
          if (placed[i] === 1) continue;
          const cosine = dot(data, best * dims, data, i * dims, dims);
          // False for NaN: an item without a vector is like nothing.
          if (cosine > likeness[i]!) likeness[i] = cosine;
        }
      }
      for (let i = 0; i < size; i++) if (i >= head || placed[i] === 0) order[at++] = i;
      return order;
    },
  }),
});
