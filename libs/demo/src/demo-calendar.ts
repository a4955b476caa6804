const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/** Time of the last line of the data set, 9 December 2011, 12:50 (shop time read as UTC). */
export const DEMO_DATA_END = new Date('2011-12-09T12:50:00.000Z');

/**
 * Whole weeks to add so that the data end within the week before `lastDay`, never after it.
 * Weekdays and times of day are kept. Negative when `lastDay` is before the data's end.
 * Store it at import: computed again on a later day it would be larger.
 * @throws RangeError when `lastDay` is not a valid date.
 */
export function demoShiftWeeks(lastDay: Date): number {
  const distance = lastDay.getTime() - DEMO_DATA_END.getTime();
  if (Number.isNaN(distance))
    throw new RangeError('lastDay is not a valid date: pass the day the demo data should end.');
  return Math.floor(distance / WEEK_MS);
}

/** ISO time of a shop time such as `2010-12-01T08:26` or a day such as `2010-12-01`, `weeks` later. */
export function shiftShopTime(shopTime: string, weeks: number): string {
  const iso = shopTime.length === 10 ? `${shopTime}T00:00:00.000Z` : `${shopTime}:00.000Z`;
  return new Date(Date.parse(iso) + weeks * WEEK_MS).toISOString();
}
