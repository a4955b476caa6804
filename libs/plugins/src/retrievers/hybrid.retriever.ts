import { convexSum } from '@attune/algorithms';
import { defineRetriever, NOTHING_RETRIEVED, type Retrieved } from '@attune/sdk';
import { z } from 'zod';
import { TEXT_SPACE } from '../taste/text-space.js';

const options = z.strictObject({
  /** Weight of the words found (BM25), 0 or more. */
  lexical: z.number().min(0).default(0.15),
  /** Weight of the meaning (cosine of embeddings), 0 or more. */
  semantic: z.number().min(0).default(1),
  /** Items each side proposes before they are fused. */
  pool: z.int().min(1).max(1000).default(200),
  /** Similarity below which an item does not mean what the query says, by space; other spaces have none. */
  floor: z.record(z.string(), z.number()).default({}),
  /** Fused score, as a share of the best one's, below which an item without all of the query's words is not proposed, 0..1. */
  least: z.number().min(0).max(1).default(0),
});

/**
 * Words and meaning together: the weighted sum of BM25 over its best and of the cosine scaled to 0..1 between the worst
 * and the best of the pool, both within the request; an item that one side lacks takes 0 there (convex combination,
 * Bruch, Gai and Ingber 2023). Synonyms of the query match for less than its words, and its language decides the space
 * its meaning is looked up in. An item that has every word is proposed however far its meaning. Proposes nothing without a
 * query.
 */
export const hybridRetriever = defineRetriever({
  id: 'hybrid',
  version: '1.1.0',
  config: options,
  needs: ['query'],
  uses: ['textIndex', 'vectorIndex', 'embed'],
  // A search on another machine: the slate's deadline bounds it, as everything.
  budget: { hardMs: 80 },
  setup: ({ lexical, semantic, pool, floor, least }, { textIndex, vectorIndex, embed }) => ({
    retrieve: (requests, limit, call) =>
      Promise.all(
        requests.map(async ({ query, where }) => {
          if (query === undefined || query.text.trim() === '') return NOTHING_RETRIEVED;
          const { text, synonyms, space = TEXT_SPACE } = query;
          const k = Math.max(pool, limit);
          const nearest = async (): Promise<Retrieved> => {
            const vector = await embed.query(space, text, call);
            return above(floor[space], await vectorIndex.knn({ space, vector, k, where }, call));
          };
          const [words, meaning] = await Promise.all([
            lexical > 0 ? textIndex.lexical({ text, synonyms, k, where }, call) : NOTHING_RETRIEVED,
            semantic > 0 ? nearest() : NOTHING_RETRIEVED,
          ]);
          const fused = convexSum([
            { found: words, weight: lexical, floor: 0 },
            { found: meaning, weight: semantic, floor: lowest(meaning, k, floor[space]) },
          ]);
          const sorted = [...fused].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, limit);
          const enough = sorted.findIndex(([, score]) => score < least * sorted[0]![1]);
          if (enough < 0) return proposals(sorted);
          const named = sorted.slice(enough).filter(([id]) => words.ids.includes(id));
          const covered = await textIndex.coverage(
            { text, synonyms },
            named.map(([id]) => id),
            call,
          );
          return proposals([...sorted.slice(0, enough), ...named.filter((_, i) => covered[i] === 1)]);
        }),
      ),
  }),
});

/** The items at or above a similarity; found best first. */
function above(floor: number | undefined, found: Retrieved): Retrieved {
  if (floor === undefined) return found;
  const end = found.scores.findIndex((score) => score < floor);
  return end < 0 ? found : { ids: found.ids.slice(0, end), scores: found.scores.slice(0, end) };
}

/**
 * Where the scale of similarities begins: at the last of a full pool. One that few items could enter ends anywhere, and its
 * last would count as having nothing to do with the query.
 */
function lowest({ ids, scores }: Retrieved, k: number, floor: number | undefined): number {
  const last = scores[scores.length - 1] ?? 0;
  return ids.length < k && floor !== undefined ? Math.min(floor, last) : last;
}

const proposals = (order: readonly (readonly [string, number])[]): Retrieved => ({
  ids: order.map(([id]) => id),
  scores: Float32Array.from(order, ([, score]) => score),
});
