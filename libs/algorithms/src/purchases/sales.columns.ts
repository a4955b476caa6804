import type { ColumnGroup } from './column-group.js';
import { DAY_MS } from './fading.js';
import { highestOf } from './highest.kernel.js';
import { buyersBefore, type PurchaseLog, soldBefore } from './purchase-log.js';

/** Windows in days. */
const WINDOWS = [1, 3, 7, 14, 30, 90];
const [THREE, SEVEN, FOURTEEN, THIRTY] = [1, 2, 3, 4] as const;
/** Candidates by sales of 14 and of 3 days. */
const MOST = { fourteen: 40, three: 20 };

/**
 * How an item sold before the moment: in the last 1, 3, 7, 14, 30 and 90 days and ever, beside the best seller of 14 days,
 * the last week beside the last month, days since the first and since the last sale,
 * and sales a buyer.
 */
export const salesColumns = (log: PurchaseLog): ColumnGroup => ({
  names: [
    ...WINDOWS.map((days) => `sales${days}`),
    'sales',
    'sales14Share',
    'salesTrend',
    'daysSinceFirstSale',
    'daysSinceLastSale',
    'salesPerBuyer',
  ],
  ask({ at }) {
    const { itemCount } = log.sequences;
    const ever = new Float32Array(itemCount);
    const windows = WINDOWS.map(() => new Float32Array(itemCount));
    for (let item = 0; item < itemCount; item++) {
      ever[item] = soldBefore(log, item, at);
      WINDOWS.forEach((days, w) => (windows[w]![item] = ever[item]! - soldBefore(log, item, at - days * DAY_MS)));
    }
    const most = highestOf(windows[FOURTEEN]!);
    const saleAt = (item: number, sale: number): number => log.saleTimes[log.saleOffsets[item]! + sale]!;
    return {
      proposals: [
        { scores: windows[FOURTEEN]!, most: MOST.fourteen },
        { scores: windows[THREE]!, most: MOST.three },
      ],
      write(item, out, from) {
        const sold = ever[item]!;
        windows.forEach((counts, w) => (out[from + w] = counts[item]!));
        const rest = from + WINDOWS.length;
        out[rest] = sold;
        out[rest + 1] = windows[FOURTEEN]![item]! / most;
        out[rest + 2] = (windows[SEVEN]![item]! + 1) / (windows[THIRTY]![item]! + 4);
        out[rest + 3] = sold === 0 ? NaN : (at - saleAt(item, 0)) / DAY_MS;
        out[rest + 4] = sold === 0 ? NaN : (at - saleAt(item, sold - 1)) / DAY_MS;
        out[rest + 5] = sold / buyersBefore(log, item, at);
      },
    };
  },
});
