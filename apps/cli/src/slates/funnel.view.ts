import type { SlateAnswer, Trace } from '@attune/sdk';
import { bar } from '../output/bar.js';
import type { Output } from '../output/output.js';
import { padTo } from '../output/text-width.js';

const BAR_COLUMNS = 24;

/** How candidates became a slate, `900 → 640 → 10`: a bar a step, who proposed them and who removed them; none without a trace. */
export function funnelLines({ trace, items }: Pick<SlateAnswer, 'trace' | 'items'>, output: Output): readonly string[] {
  if (trace === undefined) return [];
  const { candidates } = trace;
  const passed = candidates.filter(({ filteredBy }) => filteredBy === undefined);
  const steps = [
    { name: 'proposed', count: candidates.length, by: proposers(trace) },
    { name: 'passed', count: passed.length, by: removers(trace) },
    { name: 'shown', count: items.length, by: '' },
  ];
  return [
    '',
    `Candidates: ${steps.map(({ count }) => count).join(' → ')}`,
    ...steps.map(({ name, count, by }) => {
      const drawn = padTo(bar(candidates.length === 0 ? 0 : count / candidates.length, BAR_COLUMNS), BAR_COLUMNS);
      return `    ${name.padEnd(8)}  ${output.colors.cyan(drawn)} ${String(count).padStart(4)}  ${by}`.trimEnd();
    }),
  ];
}

/** Who proposed how many; one that several propose counts for each. */
function proposers({ candidates }: Trace): string {
  const counts = countsOf(candidates.flatMap(({ proposedBy }) => proposedBy.map(({ plugin }) => plugin)));
  return counts.map(([plugin, count]) => `${plugin} ${count}`).join(' · ');
}

/** Who removed how many; what filters had the indexes leave out was not proposed. */
function removers({ candidates }: Trace): string {
  const counts = countsOf(candidates.flatMap(({ filteredBy }) => filteredBy ?? []));
  return counts.map(([filter, count]) => `${filter} removed ${count}`).join(' · ');
}

function countsOf(names: readonly string[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}
