import { reciprocalRanks } from '@attune/algorithms';
import { defineRanker } from '@attune/sdk';
import { z } from 'zod';
import { rankedSum } from './ranked-sum.js';

const options = z.strictObject({
  /** Damps the lead of the first places. */
  k: z.number().min(0).default(60),
  /** Column → weight. */
  weights: z
    .record(z.string(), z.number())
    .refine((all) => Object.keys(all).length > 0, 'name at least one column, for example { ease: 1 }'),
});

/**
 * Reciprocal rank fusion (Cormack, Clarke and Büttcher 2009): each column contributes weight / (k + rank) with ranks
 * from 1 within the request, equal values sharing the better rank. An abstention, or a missing column, contributes 0.
 */
export const rrfRanker = defineRanker({
  id: 'rrf',
  version: '1.0.0',
  config: options,
  traits: { tier: 'basic' },
  setup: ({ k, weights }) => ({
    reads: Object.keys(weights),
    rank({ offsets, candidates: { size } }, columns) {
      const contributions = new Map<string, Float64Array>();
      for (const [name, weight] of Object.entries(weights)) {
        const column = columns.get(name);
        const values = new Float64Array(size);
        contributions.set(name, values);
        if (column === undefined) continue;
        for (let r = 0; r + 1 < offsets.length; r++) {
          const start = offsets[r]!;
          values.set(reciprocalRanks(column.subarray(start, offsets[r + 1]), { k, weight }), start);
        }
      }
      return rankedSum(contributions, size);
    },
  }),
});
