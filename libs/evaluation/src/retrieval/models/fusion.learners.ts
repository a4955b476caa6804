import { reciprocalRanks, withLogits, type ScoredList } from '@attune/algorithms';
import { numberOf } from '../../search/options.js';
import { bestFirst, fused } from '../fused.search.js';
import type { SearchLearner } from '../search.learner.js';

/** Items that words and meaning each propose, as the `hybrid` retriever has it by default. */
const POOL = 200;
/** Weight of the words, as the `hybrid` retriever has it by default. */
const LEXICAL = 0.15;

/** Reciprocal rank fusion of words and meaning (Cormack, Clarke and Büttcher 2009), as the `rrf` ranker has it. */
export const rrf: SearchLearner = {
  name: 'rrf',
  summary: 'words and meaning, fused by their ranks',
  grid: { lexical: [1, 0.5, 0.25, 0.1], k: [60, 20, 5] },
  async open(sources) {
    const meaning = await sources.meaning();
    return (query, options) => {
      const [k, lexical] = [numberOf(options, 'k'), numberOf(options, 'lexical')];
      const sums = new Map<number, number>();
      addRanks(sums, sources.words(query, POOL), { k, weight: lexical });
      addRanks(sums, meaning.found(query, POOL), { k, weight: 1 });
      return Promise.resolve(bestFirst(sums).ids);
    };
  },
};

function addRanks(
  sums: Map<number, number>,
  { ids, scores }: ScoredList<number>,
  how: { readonly k: number; readonly weight: number },
): void {
  reciprocalRanks(scores, how).forEach((share, i) => sums.set(ids[i]!, (sums.get(ids[i]!) ?? 0) + share));
}

/** The weighted sum of words and meaning (Bruch, Gai and Ingber 2023), as the `hybrid` retriever has it. */
export const weighted: SearchLearner = {
  name: 'weighted',
  summary: 'words and meaning, each scaled, by their weighted sum',
  grid: { lexical: [LEXICAL, 0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 1], pool: [POOL, 50] },
  async open(sources) {
    const meaning = await sources.meaning();
    return (query, options) => {
      const pool = numberOf(options, 'pool');
      const lexical = numberOf(options, 'lexical');
      const found = fused(sources.words(query, pool), meaning.found(query, pool), { lexical });
      return Promise.resolve(found.ids);
    };
  },
};

/** The best of `weighted` at its defaults, read again with the query (Nogueira and Cho 2019), as the `cross-encoder` reranker does. */
export const crossEncoder: SearchLearner = {
  name: 'cross-encoder',
  summary: 'the best of words and meaning, each read together with the query',
  grid: { weight: [0.45, 0.3, 0.6, 1], pool: [50, 20] },
  timeWeight: 4,
  async open(sources) {
    const pairs = await sources.pairs();
    const meaning = await sources.meaning();
    return async (query, options) => {
      const first = fused(sources.words(query, POOL), meaning.found(query, POOL), { lexical: LEXICAL });
      const head = Array.from(first.ids).slice(0, numberOf(options, 'pool'));
      const value = withLogits(first.scores, await pairs.score(query, head), numberOf(options, 'weight'));
      // A stable sort: equals keep their order.
      return [...head.keys()].sort((a, b) => value[b]! - value[a]!).map((i) => head[i]!);
    };
  },
};
