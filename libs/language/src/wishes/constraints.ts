import type { Predicate } from '@attune/sdk';
import { PRICE } from './prices.js';
import type { Constraint, Wish, WishPart } from './wish.js';

/** What is asked for so far, by path; plain data, and a filter as it stands. */
export type Constraints = Readonly<Record<string, Constraint>>;

export const NO_CONSTRAINTS: Constraints = {};

/** The filter that constraints are; undefined where there are none. */
export function filterOf(constraints: Constraints): Predicate | undefined {
  return Object.keys(constraints).length === 0 ? undefined : { ...constraints };
}

/** What parts of one wish ask for together: values add up, the later bound of a price is meant. */
export function joinedParts(parts: readonly WishPart[]): Constraints {
  const joined = new Map<string, Constraint>();
  for (const { path, test } of parts) joined.set(path, both(joined.get(path) ?? {}, test));
  return Object.fromEntries(joined);
}

/**
 * What is asked for after a wish. A new constraint on a path replaces the old one; negations add up and take the value
 * out of what was wanted; an upper and a lower bound of prices stand together if they can. "Cheaper" is below the median
 * of the prices shown, "dearer" above it; without prices, or with a price said, they change nothing. "Start over" forgets.
 */
export function withWish(before: Constraints, wish: Wish, shown: { readonly prices: readonly number[] }): Constraints {
  const after = new Map(wish.asks === 'start-over' ? [] : Object.entries(before));
  for (const path of wish.removed) after.delete(path);
  for (const [path, test] of Object.entries(joinedParts(wish.parts))) {
    const old = after.get(path);
    const adds = path === PRICE || test.$in === undefined;
    after.set(path, adds && old !== undefined ? both(old, test) : test);
  }
  const bound = wish.parts.some(({ path }) => path === PRICE) ? undefined : relativeBound(wish, shown.prices);
  if (bound !== undefined) after.set(PRICE, both(after.get(PRICE) ?? {}, bound));
  return Object.fromEntries(after);
}

function both(old: Constraint, added: Constraint): Constraint {
  return { ...bothValues(old, added), ...bothBounds(old, added) };
}

function bothValues(old: Constraint, added: Constraint): Constraint {
  const wanted = [...(old.$in ?? []).filter((value) => !added.$nin?.includes(value)), ...(added.$in ?? [])];
  const refused = [...(old.$nin ?? []).filter((value) => !added.$in?.includes(value)), ...(added.$nin ?? [])];
  return {
    ...(wanted.length > 0 && { $in: [...new Set(wanted)] }),
    ...(refused.length > 0 && { $nin: [...new Set(refused)] }),
  };
}

function bothBounds(old: Constraint, added: Constraint): Constraint {
  const below = upperOf(added);
  const above = lowerOf(added);
  // A range, or a bound that contradicts the other one, is all that is asked for.
  if (below !== undefined && above !== undefined) return { ...above, ...below };
  const joined = { ...(above ?? lowerOf(old)), ...(below ?? upperOf(old)) };
  return isEmpty(joined) ? { ...above, ...below } : joined;
}

type Bounds = Pick<Constraint, '$gt' | '$gte' | '$lt' | '$lte'>;

function upperOf({ $lt, $lte }: Constraint): Bounds | undefined {
  if ($lt !== undefined) return { $lt };
  return $lte === undefined ? undefined : { $lte };
}

function lowerOf({ $gt, $gte }: Constraint): Bounds | undefined {
  if ($gt !== undefined) return { $gt };
  return $gte === undefined ? undefined : { $gte };
}

function isEmpty({ $gt, $gte, $lt, $lte }: Bounds): boolean {
  const low = $gt ?? $gte ?? -Infinity;
  const high = $lt ?? $lte ?? Infinity;
  return low > high || (low === high && ($gt !== undefined || $lt !== undefined));
}

/** Of an even number of prices the median is the one that leaves fewer of them: what was shown is not wanted. */
function relativeBound({ relative }: Wish, prices: readonly number[]): Bounds | undefined {
  const sorted = prices.filter(Number.isFinite).sort((a, b) => a - b);
  const median = (from: number): number | undefined => sorted[Math.floor((sorted.length - 1 + from) / 2)];
  for (const { kind } of relative) {
    const bound = kind === 'cheaper' ? median(0) : kind === 'dearer' ? median(1) : undefined;
    if (bound !== undefined) return kind === 'cheaper' ? { $lt: bound } : { $gt: bound };
  }
  return undefined;
}
