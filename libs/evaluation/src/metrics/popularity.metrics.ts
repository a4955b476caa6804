import type { Occurrences } from './occurrences.js';

/**
 * Novelty of one slate: mean self-information −log2(users who have the item / users), in bits (Zhou et al., PNAS 2010).
 * ≥ 0; an item nobody has counts as if one user had it. 0 for an empty slate. `history`: what each user has.
 */
export function novelty<K>(slate: Iterable<K>, history: Occurrences<K>): number {
  return meanOver(slate, (id) => Math.log2(history.size / Math.max(1, history.of(id))));
}

/**
 * How popular each item is: the share of items that fewer users have, ties counting half. 0..1, higher is more popular.
 * Items of no user are not listed.
 */
export function popularityPercentiles<K>({ counts }: Occurrences<K>): ReadonlyMap<K, number> {
  const ascending = [...counts].sort(([, a], [, b]) => a - b);
  const percentiles = new Map<K, number>();
  for (let start = 0, end = 0; start < ascending.length; start = end) {
    while (end < ascending.length && ascending[end]![1] === ascending[start]![1]) end++;
    for (let i = start; i < end; i++) percentiles.set(ascending[i]![0], (start + end) / 2 / ascending.length);
  }
  return percentiles;
}

/**
 * Mean percentile of a list's items; one that is not listed counts as 0. 0..1; 0 for an empty list. Popularity bias is
 * that of the slate less that of the user's history, over users: above 0, people are shown what is more popular than
 * what they choose (after Abdollahpouri et al., RecSys 2019).
 */
export const meanPopularity = <K>(list: Iterable<K>, percentiles: ReadonlyMap<K, number>): number =>
  meanOver(list, (id) => percentiles.get(id) ?? 0);

/** Head: the few items that most interactions are with; tail: the many that few are with. */
export type PopularityGroup = 'head' | 'mid' | 'tail';

/** How items are grouped. */
export interface GroupOptions {
  /** Share of all interactions that the head holds, 0..1. Default .2. */
  readonly head?: number;
  /** Share of all interactions that the tail holds, 0..1. Default .2. */
  readonly tail?: number;
}

/**
 * Items by popularity: from the most popular down until `head` of the interactions are covered, from the least popular
 * up until `tail` are, and what is between (Abdollahpouri et al., UMAP 2021). Equal counts keep their order.
 * Throws RangeError for shares that overlap.
 */
export function popularityGroups<K>(
  { counts, total }: Occurrences<K>,
  { head = 0.2, tail = 0.2 }: GroupOptions = {},
): ReadonlyMap<K, PopularityGroup> {
  if (!(head >= 0 && tail >= 0 && head + tail <= 1))
    throw new RangeError(`a head of ${head} and a tail of ${tail} are not parts of one whole`);
  const groups = new Map<K, PopularityGroup>();
  let before = 0;
  for (const [id, count] of [...counts].sort(([, a], [, b]) => b - a)) {
    groups.set(id, before < head * total ? 'head' : before >= (1 - tail) * total ? 'tail' : 'mid');
    before += count;
  }
  return groups;
}

/**
 * Share of each group among what is shown; they sum to 1, or are 0 where nothing is shown. An item without a group is
 * of the tail.
 */
export function groupShares<K>(
  { counts, total }: Occurrences<K>,
  groups: ReadonlyMap<K, PopularityGroup>,
): Readonly<Record<PopularityGroup, number>> {
  const shares = { head: 0, mid: 0, tail: 0 };
  for (const [id, count] of counts) shares[groups.get(id) ?? 'tail'] += count / total;
  return shares;
}

function meanOver<K>(ids: Iterable<K>, value: (id: K) => number): number {
  let [sum, count] = [0, 0];
  for (const id of ids) {
    sum += value(id);
    count += 1;
  }
  return count === 0 ? 0 : sum / count;
}
