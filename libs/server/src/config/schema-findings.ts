import type { Finding } from '@attune/engine';
import type { z } from 'zod';
import type { Locate } from './locate.js';

type Issue = z.core.$ZodIssue;
type Path = readonly (string | number)[];

const FIX = 'mend it as docs/reference/configuration.md says';

/** What a schema has against a file, each with its line. */
export function findingsOf(issues: readonly Issue[], locate: Locate, above: Path = []): readonly Finding[] {
  return issues.flatMap((issue) => {
    const path = [...above, ...issue.path.filter((key) => typeof key !== 'symbol')];
    if (issue.code === 'invalid_union') return findingsOf(meant(issue), locate, path);
    if (issue.code !== 'unrecognized_keys') return [finding(locate(path), path, issue.message)];
    return issue.keys.map((key) => finding(locate([...path, key]), path, `unknown member '${key}'`));
  });
}

/** Of a union, the alternative that fits best: the one whose own form was met. */
function meant({ errors, ...issue }: Extract<Issue, { code: 'invalid_union' }>): readonly Issue[] {
  const met = errors.find((one) => !one.some(({ code, path }) => code === 'invalid_type' && path.length === 0));
  return met ?? [{ ...issue, code: 'custom', path: [], message: issue.message } as Issue];
}

const finding = (at: ReturnType<Locate>, path: Path, message: string): Finding => {
  const where = path.length === 0 ? '' : `${path.join('.')}: `;
  return { ...at, cause: `${where}${message}`, fix: FIX };
};
