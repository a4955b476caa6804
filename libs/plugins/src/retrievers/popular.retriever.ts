import { defineRetriever } from '@attune/sdk';
import { z } from 'zod';
import { perMoment } from '../counts/per-moment.js';
import { bestRows } from '../proposals/best-rows.js';

/**
 * Items by how often they were bought (or whatever `types` names) up to the request's clock; the score is the count.
 * Proposes nothing before the first such event. Needs no user: the usual fallback.
 */
export const popularRetriever = defineRetriever({
  id: 'popular',
  version: '1.0.0',
  config: z.strictObject({
    /** Event types counted. */
    types: z.array(z.string()).min(1).default(['purchase']),
  }),
  uses: ['counts'],
  traits: { coldItem: false, tier: 'basic' },
  setup: ({ types }, { counts }) => ({
    async retrieve(requests, limit) {
      const counted = await perMoment(requests, (now) => counts.window({ types, from: -Infinity, to: now }));
      return Promise.all(requests.map((request, r) => bestRows(counted[r]!, request, limit)));
    },
  }),
});
