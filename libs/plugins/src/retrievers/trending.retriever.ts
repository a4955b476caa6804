import { defineRetriever } from '@attune/sdk';
import { perMoment } from '../counts/per-moment.js';
import { rising, risingOptions } from '../counts/rising.js';
import { bestRows } from '../proposals/best-rows.js';

/**
 * Items that rise: the recent count above the one expected from the weeks before, in standard deviations, i.e.
 * (recent − expected) / √(expected + smoothing). Proposes rising items only, and nothing before the first event.
 */
export const trendingRetriever = defineRetriever({
  id: 'trending',
  version: '1.0.0',
  config: risingOptions,
  uses: ['counts'],
  traits: { coldItem: false },
  setup: (options, { counts }) => ({
    async retrieve(requests, limit, call) {
      const scored = await perMoment(requests, (now) => rising(counts, options, now, call));
      return Promise.all(requests.map((request, r) => bestRows(scored[r]!, request, limit)));
    },
  }),
});
