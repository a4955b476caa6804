import { defineScorer } from '@attune/sdk';
import { z } from 'zod';
import { decay } from '../counts/days.js';

/**
 * How new each candidate is: 1 at its `publishedAt` (and before), halved every `halfLifeDays` up to the request's clock;
 * in 0..1. Abstains on items without a date.
 */
export const freshnessScorer = defineScorer({
  id: 'freshness',
  version: '1.0.0',
  config: z.strictObject({
    /** Days after which an item is half as fresh. */
    halfLifeDays: z.number().positive().default(30),
  }),
  needs: ['items'],
  traits: { tier: 'basic' },
  each: ({ item: { publishedAt } }, { now }, { halfLifeDays }) =>
    publishedAt === undefined ? undefined : decay(now - Date.parse(publishedAt), halfLifeDays),
});
