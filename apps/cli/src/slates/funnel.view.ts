import type { Trace } from '@attune/sdk';

/** How candidates became a slate: `900 proposed → 640 passed the filters → 10 shown`; undefined without a trace. */
export function funnelLine(trace: Trace | undefined, shown: number): string | undefined {
  if (trace === undefined) return undefined;
  const after = (stage: string): number | undefined => trace.stages.find((one) => one.stage === stage)?.candidates;
  const [proposed, passed] = [after('retrieve'), after('filter')];
  if (proposed === undefined) return undefined;
  const filtered = passed === undefined ? '' : ` → ${passed} passed the filters`;
  return `${proposed} proposed${filtered} → ${shown} shown${removals(trace)}`;
}

/** Who removed how many, where anybody did. */
function removals({ candidates }: Trace): string {
  const removed = new Map<string, number>();
  for (const { filteredBy } of candidates)
    if (filteredBy !== undefined) removed.set(filteredBy, (removed.get(filteredBy) ?? 0) + 1);
  if (removed.size === 0) return '';
  return `  (${[...removed].map(([filter, count]) => `${filter} removed ${count}`).join(', ')})`;
}
