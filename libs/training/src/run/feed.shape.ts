import type { Feed, FeedValues } from './graph.runtime.js';

/** An input with its shape, as runtimes need it. */
export interface ShapedFeed {
  readonly values: FeedValues;
  readonly shape: readonly number[];
}

/**
 * The feed of an input with its shape, worked out where it is left out.
 * @param declared dimensions of the input; undefined for those that the model leaves open
 * Throws RangeError where the feed is missing or does not fit.
 */
export function shapedFeed(
  name: string,
  declared: readonly (number | undefined)[],
  feed: Feed | undefined,
): ShapedFeed {
  if (feed === undefined) throw new RangeError(`input "${name}" is missing`);
  if ('values' in feed && 'shape' in feed) return feed;
  return { values: feed, shape: shapeFor(name, declared, feed.length) };
}

/** The shape of so many numbers. @throws RangeError where there is none, or more than one dimension is open. */
export function shapeFor(name: string, declared: readonly (number | undefined)[], length: number): readonly number[] {
  const open = declared.filter((dim) => dim === undefined).length;
  const known = declared.reduce<number>((product, dim) => product * (dim ?? 1), 1);
  const text = `[${declared.map((dim) => dim ?? '?').join(', ')}]`;
  if (open > 1) throw new RangeError(`"${name}" ${text} has more than one open dimension: give its shape`);
  const rest = length / known;
  if (open === 0 ? rest !== 1 : !Number.isInteger(rest))
    throw new RangeError(`${length} numbers for "${name}" ${text}`);
  return declared.map((dim) => dim ?? rest);
}
