import {
  averagePrecisionAt,
  discount,
  hitRateAt,
  ndcgAt,
  precisionAt,
  recallAt,
  recallOfAllAt,
  reciprocalRankAt,
  type Found,
} from './place.metrics.js';

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

// Metrics of one list of ids, best first, each id at most once; an id is a string, or a row. Only the first `k` count
// (k ≥ 1), and all are 0 where nothing is wanted. The figure of a run is the mean over its users.

/** 1 where any of the first `k` ids is wanted, else 0. */
export const hitRate = <K>(ids: readonly K[], wanted: ReadonlySet<K>, k: number): number =>
  hitRateAt(findIn(ids, wanted, k), k);

/** Hits in the first `k` ids over k, also where the list is shorter. 0..1; below 1 where fewer than k are wanted. */
export const precision = <K>(ids: readonly K[], wanted: ReadonlySet<K>, k: number): number =>
  precisionAt(findIn(ids, wanted, k), k);

/** Share of what could be found: hits in the first `k` ids over min(k, wanted) (Liang et al., WWW 2018). 0..1. */
export const recall = <K>(ids: readonly K[], wanted: ReadonlySet<K>, k: number): number =>
  recallAt(findIn(ids, wanted, k), k);

/** Share of all that is wanted: hits in the first `k` ids over wanted. 0..1; below 1 where more than k are wanted. */
export const recallOfAll = <K>(ids: readonly K[], wanted: ReadonlySet<K>, k: number): number =>
  recallOfAllAt(findIn(ids, wanted, k), k);

/**
 * Average precision: Σ over hits in the first `k` of (hits up to its place / its place), over min(k, wanted). 0..1; its
 * mean over users is MAP. (Buckley and Voorhees, SIGIR 2000, divide by wanted: the same where wanted ≤ k.)
 */
export const averagePrecision = <K>(ids: readonly K[], wanted: ReadonlySet<K>, k: number): number =>
  averagePrecisionAt(findIn(ids, wanted, k), k);

/** Reciprocal rank (Voorhees, TREC-8, 1999): 1 ÷ place of the first wanted id, 0 where none is in the first `k`. */
export const mrr = <K>(ids: readonly K[], wanted: ReadonlySet<K>, k: number): number =>
  reciprocalRankAt(findIn(ids, wanted, k), k);

/**
 * Normalized discounted cumulative gain of binary gains, discounted by log2(place + 1) (Järvelin and Kekäläinen, TOIS
 * 2002), against the best order of min(k, wanted) hits. 0..1.
 */
export const ndcg = <K>(ids: readonly K[], wanted: ReadonlySet<K>, k: number): number =>
  ndcgAt(findIn(ids, wanted, k), k);

/**
 * The same of graded gains 2^g − 1 (Burges et al., ICML 2005), against the best order of all grades. `grades`: g ≥ 0 by
 * id; ids without one have 0. 0..1.
 */
export function gradedNdcg<K>(ids: readonly K[], grades: ReadonlyMap<K, number>, k: number): number {
  const best = discounted([...grades.values()].sort((a, b) => b - a).slice(0, k));
  return best === 0 ? 0 : discounted(ids.slice(0, k).map((id) => grades.get(id) ?? 0)) / best;
}

/** Those of METRICS for one list. */
export function listMetrics<K>(ids: readonly K[], wanted: ReadonlySet<K>, k: number): ListMetrics {
  const found = findIn(ids, wanted, k);
  return {
    hitRate: hitRateAt(found, k),
    recall: recallAt(found, k),
    ndcg: ndcgAt(found, k),
    mrr: reciprocalRankAt(found, k),
  };
}

/** Share of the first list that is in the second, both cut at `k`; 1 where both are empty. */
export function overlap<K>(before: readonly K[], after: readonly K[], k: number): number {
  const known = new Set(after.slice(0, k));
  const most = Math.max(Math.min(k, before.length), known.size);
  return most === 0 ? 1 : before.slice(0, k).filter((id) => known.has(id)).length / most;
}

function findIn<K>(ids: readonly K[], wanted: ReadonlySet<K>, k: number): Found {
  const places: number[] = [];
  const end = Math.min(k, ids.length);
  for (let i = 0; i < end; i++) if (wanted.has(ids[i]!)) places.push(i + 1);
  return { places, wanted: wanted.size };
}

const discounted = (grades: readonly number[]): number =>
  grades.reduce((sum, grade, i) => sum + (2 ** grade - 1) * discount(i + 1), 0);
