/** How good one ranked list was for one user; every member is 0..1, 1 is best. */
export interface ListMetrics {
  readonly hitRate: number;
  readonly recall: number;
  readonly ndcg: number;
  readonly mrr: number;
}
export type MetricName = keyof ListMetrics;

/** In the order in which reports print them. */
export const METRICS: readonly MetricName[] = ['hitRate', 'recall', 'ndcg', 'mrr'];

/** 1 where any of the first `k` ids is wanted, else 0. */
export function hitRate(ids: readonly string[], wanted: ReadonlySet<string>, k: number): number {
  return ids.slice(0, k).some((id) => wanted.has(id)) ? 1 : 0;
}

/** Share of what could be found: hits in the first `k` ids over min(k, wanted). 0 where nothing is wanted. */
export function recall(ids: readonly string[], wanted: ReadonlySet<string>, k: number): number {
  const most = Math.min(k, wanted.size);
  return most === 0 ? 0 : gainsOf(ids, wanted, k).filter(Boolean).length / most;
}

/**
 * Normalized discounted cumulative gain of binary gains, discounted by log2(rank + 1) (Järvelin and Kekäläinen, TOIS
 * 2002), against the best order of min(k, wanted) hits. 0 where nothing is wanted.
 */
export function ndcg(ids: readonly string[], wanted: ReadonlySet<string>, k: number): number {
  const most = Math.min(k, wanted.size);
  if (most === 0) return 0;
  return discounted(gainsOf(ids, wanted, k)) / discounted(new Array<boolean>(most).fill(true));
}

/** Reciprocal rank (Voorhees, TREC-8, 1999): 1 ÷ place of the first wanted id, 0 where none is in the first `k`. */
export function mrr(ids: readonly string[], wanted: ReadonlySet<string>, k: number): number {
  const place = gainsOf(ids, wanted, k).indexOf(true);
  return place < 0 ? 0 : 1 / (place + 1);
}

/** All of them for one list. `ids`: best first, each at most once. */
export function listMetrics(ids: readonly string[], wanted: ReadonlySet<string>, k: number): ListMetrics {
  return {
    hitRate: hitRate(ids, wanted, k),
    recall: recall(ids, wanted, k),
    ndcg: ndcg(ids, wanted, k),
    mrr: mrr(ids, wanted, k),
  };
}

/** Share of the first list that is in the second, both cut at `k`; 1 where both are empty. */
export function overlap(before: readonly string[], after: readonly string[], k: number): number {
  const known = new Set(after.slice(0, k));
  const most = Math.max(Math.min(k, before.length), known.size);
  return most === 0 ? 1 : before.slice(0, k).filter((id) => known.has(id)).length / most;
}

const gainsOf = (ids: readonly string[], wanted: ReadonlySet<string>, k: number): readonly boolean[] =>
  ids.slice(0, k).map((id) => wanted.has(id));

const discounted = (gains: readonly boolean[]): number =>
  gains.reduce((sum, gain, i) => sum + (gain ? 1 / Math.log2(i + 2) : 0), 0);
