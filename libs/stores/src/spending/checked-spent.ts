import type { Spent } from '@attune/sdk';
import { z } from 'zod';

/** What one `add` may add at most of tokens, and of money. */
const MOST = 1e12;

export const NOTHING_SPENT: Spent = { tokens: 0, money: 0 };

export const daySchema = z.iso.date();
const spentSchema = z.strictObject({ tokens: z.int().min(0).max(MOST), money: z.number().min(0).max(MOST) });

/** @throws RangeError for what is no day. */
export function checkDay(day: string): void {
  if (!daySchema.safeParse(day).success) throw new RangeError('a day of spending must be as 2026-01-31');
}

/** @throws RangeError for what is no day, or cannot be spent. */
export function checkSpent(day: string, spent: Spent): void {
  checkDay(day);
  if (!spentSchema.safeParse(spent).success)
    throw new RangeError(`spending must be a whole number of tokens, and money, both from 0 to ${MOST}`);
}
