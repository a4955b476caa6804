import { defineScorer } from '@attune/sdk';
import { z } from 'zod';
import { perMoment } from '../counts/per-moment.js';
import { scoreRows } from '../proposals/best-rows.js';

/**
 * ln(1 + how often each candidate was bought up to the request's clock). Abstains on items the counts do not know.
 */
export const popularityScorer = defineScorer({
  id: 'popularity',
  version: '1.0.0',
  config: z.strictObject({
    /** Event types counted. */
    types: z.array(z.string()).min(1).default(['purchase']),
  }),
  uses: ['counts'],
  traits: { tier: 'basic' },
  setup: ({ types }, { counts }) => ({
    async score({ requests, offsets, candidates }, out, call) {
      const counted = await perMoment(requests, (now) => counts.window({ types, from: -Infinity, to: now }));
      if (call.deadline.signal.aborted) return;
      counted.forEach((ever, r) => {
        const range = { start: offsets[r]!, end: offsets[r + 1]! };
        scoreRows(ever, candidates.rows(ever.vocabulary), out, range);
        for (let c = range.start; c < range.end; c++) out[c] = Math.log1p(out[c]!);
      });
    },
  }),
});
