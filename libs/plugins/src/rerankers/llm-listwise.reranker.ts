import { listwisePrompt, mendedOrder } from '@attune/language';
import { defineReranker, type Call, type Llm } from '@attune/sdk';
import { z } from 'zod';
import { askingOptions, worthAsking } from '../language/asking-gate.js';
import { recentTitles } from '../language/recent-titles.js';
import { canonicalOrder, slidingWindows } from '../language/window-order.js';

const options = z
  .strictObject({
    ...askingOptions,
    /** Candidates that may change places, the best by score; what is behind keeps its order. */
    pool: z.int().min(2).max(100).default(20),
    /** Candidates in one prompt: a longer pool is ordered window by window, from its end to its beginning. */
    window: z.int().min(2).max(50).default(20),
    /** By how many places the next window lies further ahead; at most the window. */
    step: z.int().min(1).max(50).default(10),
    /** Prompts a window, each in another order; the mean place counts (permutation self-consistency, Tang et al. 2023). */
    shuffles: z.int().min(1).max(5).default(1),
    /** Items of the past that are told, the latest. */
    recent: z.int().min(0).max(50).default(10),
    /** Lines told of what the person is interested in; see `GET /v1/users/{id}/interests`. */
    interests: z.int().min(0).max(20).default(6),
    /** Characters told of each title. */
    maxChars: z.int().min(10).max(500).default(120),
  })
  .refine(({ window, step }) => step <= window, { path: ['step'], message: 'must not be larger than the window' });

/** What a window is ordered by. */
interface Telling {
  readonly query: string | undefined;
  readonly recent: readonly string[];
  readonly interests: readonly string[];
  readonly maxChars: number;
}

/**
 * Has a language model order the head of the slate, by the query and what the person took up lately. Candidates are numbered in
 * an order of their own, so that no place is favored and an equal set of them is an equal ask. What the model answers is mended
 * to a permutation. The slate stays as it is where the gates say so, where there is nothing to order it by, and on any miss.
 */
export const llmListwiseReranker = defineReranker({
  id: 'llm-listwise',
  version: '1.1.0',
  config: options,
  needs: ['query', 'history', 'titles'],
  uses: ['llm', 'documents', 'interests'],
  budget: { hardMs: 40 },
  traits: { tier: 'llm', pure: false },
  async setup({ pool, window, step, shuffles, recent, interests, maxChars, runs, ...gates }, host) {
    const llm = await host.llm.open('llm-listwise', { runs });
    return {
      depth: pool,
      async rerank({ request, candidates: { size, ids, titles }, scores }, call) {
        const { query, history, userId } = request;
        const order = Array.from({ length: size }, (_, i) => i);
        const head = Math.min(pool, size);
        if (!worthAsking({ history, scores: scores.subarray(0, head) }, gates, call)) return Uint32Array.from(order);
        const asked = query?.text.trim();
        const telling: Telling = {
          query: asked === '' ? undefined : asked,
          recent: await recentTitles(history, recent, host.documents),
          interests: userId === undefined || interests === 0 ? [] : await host.interests.of(userId, interests),
          maxChars,
        };
        if (telling.query === undefined && telling.recent.length + telling.interests.length === 0)
          return Uint32Array.from(order);
        for (const [from, to] of slidingWindows(head, window, step)) {
          const places = order.slice(from, to);
          const seen = { ids: places.map((i) => ids[i]!), titles: places.map((i) => titles[i]!) };
          const better = await orderedBy(llm, seen, telling, { shuffles, userId, call });
          better.forEach((place, i) => (order[from + i] = places[place]!));
        }
        return Uint32Array.from(order);
      },
    };
  },
});

/** Places of a window's candidates, best first: by their mean place over the shuffles, equal ones as they stood. */
async function orderedBy(
  llm: Llm,
  { ids, titles }: { readonly ids: readonly string[]; readonly titles: readonly string[] },
  telling: Telling,
  { shuffles, userId, call }: { readonly shuffles: number; readonly userId: string | undefined; readonly call: Call },
): Promise<readonly number[]> {
  const sums = new Float64Array(ids.length);
  const asks = Array.from({ length: shuffles }, async (_, seed) => {
    const shown = canonicalOrder(ids, seed);
    const ask = listwisePrompt.ask({ ...telling, texts: shown.map((i) => titles[i]!) });
    const { order } = listwisePrompt.read(await llm.answer({ ...ask, userId }, call));
    mendedOrder(order, shown.length).forEach((number, place) => (sums[shown[number]!]! += place));
  });
  await Promise.all(asks);
  return Array.from(ids.keys()).sort((a, b) => sums[a]! - sums[b]! || a - b);
}
