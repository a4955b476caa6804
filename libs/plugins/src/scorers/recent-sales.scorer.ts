import { defineScorer } from '@attune/sdk';
import { z } from 'zod';
import { perMoment } from '../counts/per-moment.js';
import { wideningWindow } from '../counts/widening-window.js';
import { scoreRows } from '../proposals/best-rows.js';

/**
 * How often each candidate was bought in the `windowDays` before the request's clock: the count, its square root, or ln(1 + count).
 * A window of fewer than 100 events is widened, and the trace says so. Abstains on items the counts do not know.
 */
export const recentSalesScorer = defineScorer({
  id: 'recent-sales',
  version: '1.0.0',
  config: z.strictObject({
    /** Event types counted. */
    types: z.array(z.string()).min(1).default(['purchase']),
    /** Days before the request's clock that are counted. */
    windowDays: z.number().positive().default(14),
    /** What of the count is written: itself, its square root, or ln(1 + count). */
    scale: z.enum(['plain', 'sqrt', 'log']).default('plain'),
  }),
  uses: ['counts'],
  traits: { tier: 'basic' },
  setup: ({ types, windowDays, scale }, { counts }) => ({
    async score({ requests, offsets, candidates }, out, call) {
      const counted = await perMoment(requests, (to) => wideningWindow(counts, { types, to, days: windowDays }, call));
      if (call.deadline.signal.aborted) return;
      counted.forEach((window, r) => {
        const range = { start: offsets[r]!, end: offsets[r + 1]! };
        scoreRows(window, candidates.rows(window.vocabulary), out, range);
        if (scale === 'plain') return;
        const damp = scale === 'log' ? Math.log1p : Math.sqrt;
        for (let c = range.start; c < range.end; c++) out[c] = damp(out[c]!);
      });
    },
  }),
});
