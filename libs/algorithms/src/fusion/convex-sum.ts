/** What one side of a search found, best first: `scores[i]` belongs to `ids[i]`. */
export interface ScoredList<K> {
  readonly ids: ArrayLike<K>;
  readonly scores: ArrayLike<number>;
}

/** A side of a sum: what it found, how much that counts, and the score that counts as nothing. */
export interface WeightedList<K> {
  readonly found: ScoredList<K>;
  readonly weight: number;
  readonly floor: number;
}

/**
 * Convex combination of lists (Bruch, Gai and Ingber, TOIS 2023): Σ over the sides of weight × (score − floor) / (best score
 * − floor). An id that a side lacks takes 0 there; where best and floor are one, all of a side are equally good and take its
 * whole weight. Ids are in the order in which they are first met.
 */
export function convexSum<K>(sides: readonly WeightedList<K>[]): Map<K, number> {
  const sums = new Map<K, number>();
  for (const { found, weight, floor } of sides) {
    const { ids, scores } = found;
    const range = (scores[0] ?? 0) - floor;
    for (let i = 0; i < ids.length; i++) {
      const share = range > 0 ? (scores[i]! - floor) / range : 1;
      sums.set(ids[i]!, (sums.get(ids[i]!) ?? 0) + weight * share);
    }
  }
  return sums;
}
