import type { ColumnGroup } from './column-group.js';
import { highestOf } from './highest.kernel.js';
import { neighborInterests, neighborsOf } from './neighbors.kernel.js';
import { ofOthers } from './own-items.js';
import type { PurchaseLog } from './purchase-log.js';

/** Purchases of others count this long. */
const WINDOW_DAYS = 90;
const HALF_LIFE_DAYS = 21;
const LATELY_DAYS = 10;
const MOST = 60;

/** What the people most alike bought lately: fading over 90 days, beside the highest of these, and in the last 10 days. */
export const neighborColumns = (log: PurchaseLog): ColumnGroup => ({
  names: ['neighbors', 'neighborsShare', 'neighborsLately'],
  ask(shopper, own) {
    const neighbors = neighborsOf(shopper, log, own);
    const lasting = neighborInterests(neighbors, log, shopper.at, {
      windowDays: WINDOW_DAYS,
      halfLifeDays: HALF_LIFE_DAYS,
    });
    const lately = neighborInterests(neighbors, log, shopper.at, { windowDays: LATELY_DAYS, halfLifeDays: Infinity });
    const proposed = ofOthers(lasting, own);
    const most = highestOf(proposed);
    return {
      proposals: [{ scores: proposed, most: MOST }],
      write(item, out, from) {
        out[from] = lasting[item]!;
        out[from + 1] = lasting[item]! / most;
        out[from + 2] = lately[item]!;
      },
    };
  },
});
