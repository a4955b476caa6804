import type { Predicate } from '@attune/sdk';

/** A filter as ids to leave out and the rest, which many requests share. */
export interface SplitPredicate {
  /** Conditions that must all hold, without those on excluded ids. */
  readonly shared: readonly Predicate[];
  /** The same text for the same shared conditions, in whatever order they were written. */
  readonly key: string;
  readonly excludedIds: readonly unknown[];
}

const EVERYTHING: SplitPredicate = { shared: [], key: '', excludedIds: [] };

/**
 * Takes conjuncts such as `id: {$nin: […]}`, `id: {$ne: …}` and `$not: {id: {$in: […]}}` out of a filter: they differ
 * from user to user and are cheap to apply one by one, while what is left is worth caching.
 */
export function splitPredicate(where: Predicate | undefined): SplitPredicate {
  if (where === undefined) return EVERYTHING;
  const shared: Predicate[] = [];
  const excludedIds: unknown[] = [];
  collect(where, shared, excludedIds);
  const key = shared.length === 0 ? '' : shared.map(canonicalJson).sort().join('&');
  return { shared, key, excludedIds };
}

function collect(where: Predicate, shared: Predicate[], excludedIds: unknown[]): void {
  for (const [key, value] of Object.entries(where)) {
    if (value === undefined) continue;
    if (key === '$and') for (const inner of value as readonly Predicate[]) collect(inner, shared, excludedIds);
    else {
      const ids = idsExcludedBy(key, value);
      if (ids === undefined) shared.push({ [key]: value });
      else for (const id of ids) excludedIds.push(id);
    }
  }
}

/** The ids that a conjunct does nothing but exclude; undefined for any other conjunct. */
function idsExcludedBy(key: string, value: unknown): readonly unknown[] | undefined {
  if (key === 'id') return only(value, '$nin') ?? only(value, '$ne');
  if (key !== '$not') return undefined;
  const [[path, condition] = [], ...others] = Object.entries(value as Predicate).filter(
    ([, each]) => each !== undefined,
  );
  if (path !== 'id' || others.length > 0) return undefined;
  return typeof condition === 'object' ? (only(condition, '$in') ?? only(condition, '$eq')) : [condition];
}

/** Operands of a condition that has just this operator. */
function only(condition: unknown, operator: string): readonly unknown[] | undefined {
  if (condition === null || typeof condition !== 'object') return undefined;
  const [[found, operand] = [], ...others] = Object.entries(condition).filter(([, each]) => each !== undefined);
  if (found !== operator || others.length > 0) return undefined;
  return Array.isArray(operand) ? (operand as readonly unknown[]) : [operand];
}

/** JSON with the members of objects in order of their names. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (inner === null || typeof inner !== 'object' || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
