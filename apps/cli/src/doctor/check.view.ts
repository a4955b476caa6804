import type { Check } from '@attune/server';
import type { Output } from '../output/output.js';
import { printable } from '../output/printable.js';
import { padTo } from '../output/text-width.js';

const MARKS = { ok: '✓', warning: '!', problem: '✗' } as const;

/** One line a check and one for its fix, and the sum of it. */
export function checkLines(checks: readonly Check[], { colors }: Output): readonly string[] {
  const paint = { ok: colors.green, warning: colors.yellow, problem: colors.red };
  const columns = Math.max(0, ...checks.map(({ id }) => id.length));
  const lines = checks.flatMap(({ id, status, detail, fix }) => [
    `${paint[status](MARKS[status])} ${padTo(id, columns)}  ${printable(detail)}`,
    ...(fix === undefined ? [] : [`  ${' '.repeat(columns)}  ${colors.bold(`fix: ${printable(fix)}`)}`]),
  ]);
  return [...lines, '', summary(checks)];
}

function summary(checks: readonly Check[]): string {
  const count = (status: Check['status']): number => checks.filter((check) => check.status === status).length;
  const [problems, warnings] = [count('problem'), count('warning')];
  if (problems + warnings === 0) return 'All is well.';
  const said = [plural(problems, 'problem'), plural(warnings, 'warning')].filter((text) => text !== '');
  return `${said.join(' and ')} found.`;
}

const plural = (count: number, what: string): string =>
  count === 0 ? '' : `${count} ${what}${count === 1 ? '' : 's'}`;
