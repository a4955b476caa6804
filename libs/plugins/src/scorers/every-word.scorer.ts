import { defineScorer } from '@attune/sdk';

/**
 * 1 for a candidate that has every word of the query, or a synonym in the place of one; abstains on the others, and
 * without a query. Who names all of what an item is called wants such an item: taste may choose among those, and none of
 * the others comes before them. Says nothing of a query whose words nobody has together, where meaning decides.
 */
export const everyWordScorer = defineScorer({
  id: 'every-word',
  version: '1.0.0',
  needs: ['query'],
  uses: ['textIndex'],
  // A search on another machine: the slate's deadline bounds it, as everything.
  budget: { hardMs: 60 },
  traits: { tier: 'basic' },
  setup: (_, { textIndex }) => ({
    async score({ requests, offsets, candidates: { ids } }, out, call) {
      await Promise.all(
        requests.map(async ({ query }, r) => {
          const [start, end] = [offsets[r]!, offsets[r + 1]!];
          if (query === undefined || start === end) return;
          const covered = await textIndex.coverage(query, ids.slice(start, end), call);
          if (call.deadline.signal.aborted) return;
          covered.forEach((share, c) => {
            if (share === 1) out[start + c] = 1;
          });
        }),
      );
    },
  }),
});
