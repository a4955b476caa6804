import { convexSum, type ScoredList } from '@attune/algorithms';

/** How words and meaning are weighed, as options of the `hybrid` retriever. */
export interface FusionOptions {
  /** Weight of the words beside 1 for the meaning. */
  readonly lexical: number;
}

/** Items by words and meaning together, best first, as the `hybrid` retriever finds them without a floor. */
export function fused(
  words: ScoredList<number>,
  meaning: ScoredList<number>,
  { lexical }: FusionOptions,
): ScoredList<number> {
  const farthest = meaning.scores[meaning.scores.length - 1] ?? 0;
  return bestFirst(
    convexSum([
      { found: lexical > 0 ? words : { ids: [], scores: [] }, weight: lexical, floor: 0 },
      { found: meaning, weight: 1, floor: farthest },
    ]),
  );
}

/** Items by score, best first; equal ones in the order of the file. */
export function bestFirst(scores: ReadonlyMap<number, number>): ScoredList<number> {
  const sorted = [...scores].sort(([a, x], [b, y]) => y - x || a - b);
  return { ids: sorted.map(([row]) => row), scores: sorted.map(([, score]) => score) };
}
