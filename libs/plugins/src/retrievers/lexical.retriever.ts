import { defineRetriever, NOTHING_RETRIEVED } from '@attune/sdk';

/**
 * Items whose text holds words of the query, by BM25 (Robertson and Zaragoza 2009); scores are BM25 weights, larger is
 * better. Synonyms of the query match for less. Proposes nothing without a query.
 */
export const lexicalRetriever = defineRetriever({
  id: 'lexical',
  version: '1.0.0',
  needs: ['query'],
  uses: ['textIndex'],
  // A search on another machine: the slate's deadline bounds it, as everything.
  budget: { hardMs: 80 },
  traits: { tier: 'basic' },
  setup: (_, { textIndex }) => ({
    retrieve: (requests, limit, call) =>
      Promise.all(
        requests.map(async ({ query, where }) =>
          query === undefined
            ? NOTHING_RETRIEVED
            : textIndex.lexical({ text: query.text, synonyms: query.synonyms, k: limit, where }, call),
        ),
      ),
  }),
});
