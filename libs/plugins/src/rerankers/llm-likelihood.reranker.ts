import { historyLikelihoodPrompt, queryLikelihoodPrompt } from '@attune/language';
import { defineReranker } from '@attune/sdk';
import { z } from 'zod';
import { askingOptions, worthAsking } from '../language/asking-gate.js';
import { blendedOrder, sameOrder } from '../language/head-order.js';
import { recentTitles } from '../language/recent-titles.js';

const options = z.strictObject({
  ...askingOptions,
  /** Candidates that may change places, the best by score. */
  pool: z.int().min(2).max(100).default(20),
  /** Share of the model against the score before, both scaled to 0..1 within the pool: 1 is the model alone. */
  weight: z.number().min(0).max(1).default(0.5),
  /** Without a query: items of the past that stand for it, the latest. 0: nothing is done without one. */
  recent: z.int().min(0).max(10).default(3),
  /** Characters read of each title. */
  maxChars: z.int().min(10).max(500).default(120),
});

/**
 * Orders the head of the slate by how likely a language model finds the query after each candidate's title (Ponte and Croft
 * 1998; Sachan et al. 2022), or without a query the titles of what the person took up last. It reads log-probabilities only, so
 * small models do, and nothing that a title says can be obeyed; each pair is kept, whatever it was asked with. The slate
 * stays as it is where the gates say so, where there is nothing to go by, and on any miss.
 */
export const llmLikelihoodReranker = defineReranker({
  id: 'llm-likelihood',
  version: '1.0.0',
  config: options,
  needs: ['query', 'history', 'titles'],
  uses: ['llm', 'documents'],
  budget: { hardMs: 40 },
  traits: { tier: 'llm', pure: false },
  async setup({ pool, weight, recent, maxChars, runs, ...gates }, host) {
    const llm = await host.llm.open('llm-likelihood', { runs });
    return {
      depth: pool,
      async rerank({ request, candidates: { size, titles }, scores }, call) {
        const { query, history } = request;
        const head = Math.min(pool, size);
        if (!worthAsking({ history, scores: scores.subarray(0, head) }, gates, call)) return sameOrder(size);
        const asked = query?.text.trim() ?? '';
        const said = asked === '' ? (await recentTitles(history, recent, host.documents)).join(', ') : asked;
        if (said === '') return sameOrder(size);
        const prompt = asked === '' ? historyLikelihoodPrompt : queryLikelihoodPrompt;
        const ask = prompt.ask(titles.slice(0, head), said, maxChars);
        const likely = await llm.likelihood({ ...ask, userId: request.userId }, call);
        return blendedOrder(scores, likely, { weight, size });
      },
    };
  },
});
