import { defineRetriever } from '@attune/sdk';
import { z } from 'zod';
import { perMoment } from '../counts/per-moment.js';
import { wideningWindow } from '../counts/widening-window.js';
import { bestRows } from '../proposals/best-rows.js';

/**
 * Items by how often they were bought in the `windowDays` before the request's clock; the score is the count. A window
 * of fewer than 100 events is widened, and the trace says so. Proposes nothing before the first such event.
 */
export const recentSalesRetriever = defineRetriever({
  id: 'recent-sales',
  version: '1.0.0',
  config: z.strictObject({
    /** Event types counted. */
    types: z.array(z.string()).min(1).default(['purchase']),
    /** Days before the request's clock that are counted. */
    windowDays: z.number().positive().default(14),
  }),
  uses: ['counts'],
  traits: { coldItem: false, tier: 'basic' },
  setup: ({ types, windowDays }, { counts }) => ({
    async retrieve(requests, limit, call) {
      const counted = await perMoment(requests, (to) => wideningWindow(counts, { types, to, days: windowDays }, call));
      return Promise.all(requests.map((request, r) => bestRows(counted[r]!, request, limit)));
    },
  }),
});
