import { defineScorer } from '@attune/sdk';

/**
 * BM25 of the query for each candidate (Robertson and Zaragoza 2009), whoever proposed it. Abstains without a query
 * and on candidates that hold none of its words. Its synonyms match for less.
 */
export const lexicalMatchScorer = defineScorer({
  id: 'lexical-match',
  version: '1.1.0',
  needs: ['query'],
  uses: ['textIndex'],
  // A search on another machine: the slate's deadline bounds it, as everything.
  budget: { hardMs: 60 },
  setup: (_, { textIndex }) => ({
    async score({ requests, offsets, candidates: { ids } }, out, call) {
      await Promise.all(
        requests.map(async ({ query }, r) => {
          const [start, end] = [offsets[r]!, offsets[r + 1]!];
          if (query === undefined || start === end) return;
          const scores = await textIndex.score(query, ids.slice(start, end), call);
          if (!call.deadline.signal.aborted) out.set(scores, start);
        }),
      );
    },
  }),
});
