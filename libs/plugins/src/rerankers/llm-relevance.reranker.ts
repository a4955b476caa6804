import { defineReranker } from '@attune/sdk';
import { z } from 'zod';
import { askingOptions, worthAsking } from '../language/asking-gate.js';
import { blendedOrder, sameOrder } from '../language/head-order.js';
import { itemText } from '../language/item-text.js';

const { runs: _, ...gateOptions } = askingOptions;
const options = z.strictObject({
  ...gateOptions,
  /** Candidates that may change places, the best by score. */
  pool: z.int().min(2).max(200).default(20),
  /** Share of the model against the score before, both scaled to 0..1 within the pool: 1 is the model alone. */
  weight: z.number().min(0).max(1).default(0.5),
  /** Characters read of a candidate: title, brand and the beginning of the description. */
  maxChars: z.int().min(10).max(5000).default(200),
});

/**
 * Orders the head of the slate by how relevant the re-ranking model of a service (`/rerank`) finds each candidate for the query. The
 * model answers numbers, so nothing that an item says can be obeyed; each pair is kept, whatever it was asked with. The slate stays
 * as it is without a query, where the gates say so, and on any miss.
 */
export const llmRelevanceReranker = defineReranker({
  id: 'llm-relevance',
  version: '1.0.0',
  config: options,
  needs: ['query', 'history', 'items'],
  uses: ['llm'],
  budget: { hardMs: 40 },
  traits: { tier: 'llm', pure: false },
  async setup({ pool, weight, maxChars, ...gates }, host) {
    const llm = await host.llm.open('llm-relevance', { relevance: true });
    return {
      depth: pool,
      async rerank({ request, candidates: { size, items }, scores }, call) {
        const query = request.query?.text.trim() ?? '';
        const head = Math.min(pool, size);
        const asked = { history: request.history, scores: scores.subarray(0, head) };
        if (query === '' || !worthAsking(asked, gates, call)) return sameOrder(size);
        const texts = items.slice(0, head).map((item) => itemText(item, maxChars));
        const relevance = await llm.relevance({ query, texts, userId: request.userId }, call);
        return blendedOrder(scores, relevance, { weight, size });
      },
    };
  },
});
