import type { Retrieved } from '@attune/sdk';

/** The first `limit` of what was found that are no seeds; `isLiked`: by their scores, default all. */
export function withoutSeeds(
  found: Retrieved,
  seeds: readonly string[],
  limit: number,
  isLiked: (score: number) => boolean = () => true,
): Retrieved {
  const named = new Set(seeds);
  const kept = [...found.ids.keys()]
    .filter((i) => isLiked(found.scores[i]!) && !named.has(found.ids[i]!))
    .slice(0, limit);
  return { ids: kept.map((i) => found.ids[i]!), scores: Float32Array.from(kept, (i) => found.scores[i]!) };
}
