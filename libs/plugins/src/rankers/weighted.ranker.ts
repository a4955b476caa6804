import { defineRanker } from '@attune/sdk';
import { weightedOptions, weightedSum } from './weighted-sum.js';

/**
 * The weighted sum of columns: weight × (scaled value + offset), each scaled within the request; times `personalize` and
 * the strength of the query's intent where the column is `personal`. An abstention, or a column that is missing,
 * contributes 0.
 */
export const weightedRanker = defineRanker({
  id: 'weighted',
  version: '1.1.0',
  config: weightedOptions,
  needs: ['query'],
  traits: { tier: 'basic' },
  setup: (terms) => ({
    reads: Object.keys(terms),
    rank: (batch, columns) => weightedSum(terms, batch, columns),
  }),
});
