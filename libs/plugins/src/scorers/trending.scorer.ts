import { defineScorer } from '@attune/sdk';
import { perMoment } from '../counts/per-moment.js';
import { rising, risingOptions } from '../counts/rising.js';
import { scoreRows } from '../proposals/best-rows.js';

/**
 * How much each candidate rises: the recent count above the one expected from the weeks before, in standard deviations,
 * i.e. (recent − expected) / √(expected + smoothing); negative = it falls. Abstains on items the counts do not know.
 */
export const trendingScorer = defineScorer({
  id: 'trending',
  version: '1.0.0',
  config: risingOptions,
  uses: ['counts'],
  setup: (options, { counts }) => ({
    async score({ requests, offsets, candidates }, out, call) {
      const scored = await perMoment(requests, (now) => rising(counts, options, now, call));
      if (call.deadline.signal.aborted) return;
      scored.forEach((one, r) => {
        scoreRows(one, candidates.rows(one.vocabulary), out, { start: offsets[r]!, end: offsets[r + 1]! });
      });
    },
  }),
});
