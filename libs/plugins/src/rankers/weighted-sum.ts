import type { Batch, Columns, RankedColumns } from '@attune/sdk';
import { z } from 'zod';
import { scaleColumn } from './column-scale.js';
import { personalOption, personalStrength } from './personal-strength.js';
import { rankedSum } from './ranked-sum.js';

const term = z.strictObject({
  /** Factor of the scaled column; negative pushes down. */
  weight: z.number(),
  /**
   * How the column is made comparable within the request. `max`: divided by the largest absolute value. `zscore`: mean 0,
   * deviation 1. `rank`: the share of opinions that are not better. `none`: as it is.
   */
  scale: z.enum(['max', 'zscore', 'rank', 'none']).default('max'),
  /** Added to each opinion after scaling and before weighting: having an opinion may itself count. */
  offset: z.number().default(0),
  /**
   * Whether the column speaks for the person: its weight is multiplied by the request's `personalize` and by a factor for
   * the query's intent, 0..1 (`true`: navigational 0, others 1).
   */
  personal: personalOption,
});

/** Column → weight, or weight with scale and offset, in the order in which contributions are added. */
export const weightedOptions = z
  .record(
    z.string(),
    z
      .union([z.number().transform((weight) => term.parse({ weight })), term])
      .describe('A column, by the name of its step: its weight alone, or the members below.'),
  )
  .refine((all) => Object.keys(all).length > 0, 'name at least one column, for example { ease: 1 }');
export type Terms = z.output<typeof weightedOptions>;

/** The weighted sum of columns; an abstention, or a column that is missing, contributes 0. */
export function weightedSum(
  terms: Terms,
  { requests, offsets, candidates: { size } }: Batch<'query', never>,
  columns: Columns,
): RankedColumns {
  const contributions = new Map<string, Float64Array>();
  for (const [name, { weight, scale, offset, personal }] of Object.entries(terms)) {
    const column = columns.get(name);
    // A constructor copies an array at once; `from` would walk it.
    const values = column === undefined ? new Float64Array(size).fill(NaN) : new Float64Array(column);
    requests.forEach((request, r) => {
      const part = values.subarray(offsets[r], offsets[r + 1]);
      scaleColumn(part, scale);
      weigh(part, offset, weight * personalStrength(personal, request));
    });
    contributions.set(name, values);
  }
  return rankedSum(contributions, size);
}

/** weight × (value + offset) in place; an abstention, and anything that weighs nothing, becomes 0 (never −0). */
function weigh(values: Float64Array, offset: number, weight: number): void {
  for (let c = 0; c < values.length; c++) {
    const value = values[c]!;
    values[c] = weight === 0 || Number.isNaN(value) ? 0 : weight * (value + offset);
  }
}
