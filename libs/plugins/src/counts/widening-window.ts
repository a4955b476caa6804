import type { Call, CountsPort, ItemCounts } from '@attune/sdk';
import { DAY_MS } from './days.js';

/** Below this many events a window says little, and is widened. */
const ENOUGH_EVENTS = 100;
const WIDER_DAYS = 60;

export interface Window {
  readonly types: readonly string[];
  /** Inclusive end, epoch milliseconds. */
  readonly to: number;
  /** Length asked for. */
  readonly days: number;
}

export interface WindowCounts extends ItemCounts {
  /** Exclusive start of the window that was taken, epoch milliseconds; `-Infinity` = from the beginning. */
  readonly from: number;
}

/**
 * Item counts of the `days` before `to`. A window of fewer than 100 events is widened to 60 days, then to everything,
 * and the trace says `WINDOW_WIDENED`.
 */
export async function wideningWindow(counts: CountsPort, window: Window, call: Call): Promise<WindowCounts> {
  const { types, to, days } = window;
  for (const wanted of days < WIDER_DAYS ? [days, WIDER_DAYS] : [days]) {
    const from = to - wanted * DAY_MS;
    const found = await counts.window({ types, from, to });
    if (found.total < ENOUGH_EVENTS) continue;
    if (wanted !== days) call.note('WINDOW_WIDENED', `${days} days hold too few events: ${wanted} days are counted`);
    return { ...found, from };
  }
  call.note('WINDOW_WIDENED', `${days} days hold too few events: all are counted`);
  return { ...(await counts.window({ types, from: -Infinity, to })), from: -Infinity };
}
