import type { z } from 'zod';

/** One fault of a request. */
export interface Fault {
  /** JSON pointer (RFC 6901) into the body. */
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

type Issue = z.core.$ZodIssue;

/** The first `max` faults that schema issues stand for: unions by their nearest branch, unknown members one by one. */
export function issuesOf(issues: readonly Issue[], max: number): readonly Fault[] {
  const faults: Fault[] = [];
  for (const issue of issues) {
    if (faults.length >= max) break;
    faults.push(...faultsOf(issue, []));
  }
  return faults.slice(0, max);
}

/** JSON pointer of a path. */
export const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

function faultsOf(issue: Issue, above: readonly PropertyKey[]): readonly Fault[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.slice(0, 20).map((key) => ({
      pointer: pointerOf([...path, key]),
      code: issue.code,
      detail: `unknown member '${key.slice(0, 100)}'`,
    }));
  }
  const nearest = issue.code === 'invalid_union' ? nearestBranch(issue.errors) : undefined;
  if (nearest !== undefined) return nearest.flatMap((inner) => faultsOf(inner, path));
  return [{ pointer: pointerOf(path), code: issue.code, detail: issue.message }];
}

/** The branch that got furthest: one that did not fail on the very type of the value. */
function nearestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  return branches.find(
    (issues) => issues.length > 0 && issues.every((i) => i.code !== 'invalid_type' || i.path.length > 0),
  );
}
