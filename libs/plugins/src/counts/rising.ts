import type { Call, CountsPort, Vocabulary } from '@attune/sdk';
import { z } from 'zod';
import { wideningWindow } from './widening-window.js';

export const risingOptions = z.strictObject({
  /** Event types counted. */
  types: z.array(z.string()).min(1).default(['purchase']),
  /** Days of the recent window. */
  recentDays: z.number().positive().default(7),
  /** Days of the window before it, from which the expectation comes. */
  baselineDays: z.number().positive().default(56),
  /** Events added to the expectation, so that a handful of sales is no trend. */
  smoothing: z.number().positive().default(10),
});
export type RisingOptions = z.output<typeof risingOptions>;

export interface Rising {
  readonly vocabulary: Vocabulary;
  /** `[vocabulary.size]`, in standard deviations; negative = falling. */
  readonly byRow: Float32Array;
}

/**
 * How far each item's recent count lies above what its share of the earlier window lets expect, in standard deviations
 * of a Poisson count: (recent − expected) / √(expected + smoothing). Shares, not rates: a busy week lifts no item.
 */
export async function rising(counts: CountsPort, options: RisingOptions, now: number, call: Call): Promise<Rising> {
  const { types, recentDays, baselineDays, smoothing } = options;
  const recent = await wideningWindow(counts, { types, to: now, days: recentDays }, call);
  const vocabulary = recent.vocabulary;
  const byRow = new Float32Array(vocabulary.size);
  // Where the recent window is everything there is, nothing came before it and nothing is expected.
  const before = Number.isFinite(recent.from)
    ? await wideningWindow(counts, { types, to: recent.from, days: baselineDays }, call)
    : undefined;
  const share = before !== undefined && before.total > 0 ? recent.total / before.total : 0;
  for (let row = 0; row < byRow.length; row++) {
    const earlier =
      before === undefined || before.vocabulary === vocabulary ? row : before.vocabulary.row(vocabulary.id(row));
    const expected = earlier < 0 ? 0 : share * (before?.byRow[earlier] ?? 0);
    byRow[row] = ((recent.byRow[row] ?? 0) - expected) / Math.sqrt(expected + smoothing);
  }
  return { vocabulary, byRow };
}
