import { z } from 'zod';
import type { AttributionBy } from '../../slates/attribution-rows.js';
import { shareOf } from '@attune/evaluation';
import type { TenantPlatform } from '../../platform/tenant-platform.js';

const PARTS = ['surface', 'position', 'pipeline'] as const satisfies readonly AttributionBy[];

const day = z.iso.date().describe('A day, UTC, included: 2026-11-21.');

export const attributionQuerySchema = z.strictObject({
  surface: z.string().max(64).optional().describe('Default: all.'),
  by: z.enum(PARTS).default('surface').describe('What rows tell apart besides the surface.'),
  from: day.optional(),
  to: day.optional(),
});

const share = z.strictObject({
  value: z.number(),
  low: z.number().describe('Lower bound of the 95 % Wilson interval.'),
  high: z.number(),
});

export const attributionAnswerSchema = z
  .strictObject({
    rows: z.array(
      z.strictObject({
        surface: z.string(),
        position: z.int().optional().describe('From 1.'),
        pipeline: z.string().optional().describe('Digest.'),
        slates: z.int().describe('By position: those that showed an item there.'),
        impressions: z.int(),
        clicks: z.int(),
        carts: z.int(),
        purchases: z.int(),
        ctr: share.describe('Clicks an impression.'),
        conversionRate: share.describe('Purchases an impression.'),
      }),
    ),
  })
  .meta({ id: 'Attribution' });
export type AttributionAnswer = z.output<typeof attributionAnswerSchema>;

/** What came of the slates that were shown, everything acknowledged so far counted. */
export async function attributionOf(
  { by, ...within }: z.output<typeof attributionQuerySchema>,
  { slates }: TenantPlatform,
): Promise<AttributionAnswer> {
  await slates.settled();
  const rows = slates.attribution.rows([by], within).map((row) => ({
    ...row,
    ctr: shareOf(row.clicks, row.impressions),
    conversionRate: shareOf(row.purchases, row.impressions),
  }));
  return { rows };
}
