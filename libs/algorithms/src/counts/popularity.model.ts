import { type Interactions } from '../data/interactions.js';

export interface PopularityOptions {
  /** Milliseconds since 1970: later interactions do not count. Default: all count. */
  readonly at?: number;
  /** Milliseconds after which an interaction counts half, > 0; needs `at`. Default: none fades. */
  readonly halfLifeMs?: number;
}

/** How much each item is taken up. */
export interface PopularityModel {
  /** Sums of weights, faded by age [items]. */
  readonly counts: Float64Array;
}

/**
 * Popularity: the sum of positive weights of each item. With a half-life it is what is trending as of a moment: each
 * interaction counts weight × 2^(−age / halfLifeMs). All sums fade alike, so their order stays right until the next
 * interaction.
 * Throws RangeError for a half-life <= 0 or without `at`, columns that differ in length, or an item without an id.
 */
export function fitPopularity(
  { items, at: times, weights, itemIds }: Pick<Interactions, 'items' | 'at' | 'weights' | 'itemIds'>,
  { at = Infinity, halfLifeMs = Infinity }: PopularityOptions = {},
): PopularityModel {
  if (!(halfLifeMs > 0)) throw new RangeError(`halfLifeMs must be above 0, got ${halfLifeMs}`);
  if (Number.isNaN(at)) throw new RangeError('at must be a moment, got NaN');
  if (halfLifeMs < Infinity && at === Infinity) throw new RangeError('a half-life needs the moment `at`');
  if (times.length !== items.length || weights.length !== items.length)
    throw new RangeError(
      `columns differ in length: ${items.length} items, ${times.length} at, ${weights.length} weights`,
    );
  const counts = new Float64Array(itemIds.length);
  for (let k = 0; k < items.length; k++) {
    const item = items[k]!;
    if (!(item >= 0 && item < counts.length)) throw new RangeError(`item ${item} is not below ${counts.length}`);
    if (!(weights[k]! > 0) || !(times[k]! <= at)) continue;
    counts[item]! += halfLifeMs === Infinity ? weights[k]! : weights[k]! * 2 ** ((times[k]! - at) / halfLifeMs);
  }
  return { counts };
}

/** Interest in every item, the same for everybody: [items], 1 for the most popular; all 0 where nothing counts. */
export function popularityInterests({ counts }: PopularityModel): Float32Array {
  const most = counts.reduce((best, count) => Math.max(best, count), 0);
  return Float32Array.from(counts, (count) => (most > 0 ? count / most : 0));
}
