import type { RankedColumns } from '@attune/sdk';

/** Ranked columns whose scores are the left-to-right double sums of their contributions `[size]` each. */
export function rankedSum(contributions: ReadonlyMap<string, Float64Array>, size: number): RankedColumns {
  const scores = new Float64Array(size);
  for (const column of contributions.values()) for (let c = 0; c < size; c++) scores[c]! += column[c]!;
  return { scores, contributions };
}
