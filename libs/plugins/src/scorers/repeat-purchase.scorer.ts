import { defineScorer, type EventColumns } from '@attune/sdk';
import { z } from 'zod';
import { decay } from '../counts/days.js';
import { perMoment } from '../counts/per-moment.js';
import { wideningWindow } from '../counts/widening-window.js';

const options = z.strictObject({
  /** Event types that count as a purchase, the user's and everybody's. */
  types: z.array(z.string()).min(1).default(['purchase']),
  /** Days before the request's clock in which everybody's sales are counted. */
  windowDays: z.number().positive().default(14),
  /** Sales added to everybody's, so that a quiet fortnight forbids nothing. */
  smoothing: z.number().positive().default(10),
  /** Days after which one of the user's own purchases counts half; default: never. */
  halfLifeDays: z.number().positive().optional(),
});

/**
 * How likely the user buys again what they bought before: ln(own count) + ln(everybody's sales of the last
 * `windowDays` + `smoothing`), i.e. the logarithm of own frequency × current demand. Abstains on what the user never
 * bought. Without decay a score is at least ln(smoothing).
 */
export const repeatPurchaseScorer = defineScorer({
  id: 'repeat-purchase',
  version: '1.0.0',
  config: options,
  needs: ['history'],
  uses: ['counts'],
  traits: { coldUser: false, coldItem: false },
  setup: ({ types, windowDays, smoothing, halfLifeDays }, { counts }) => {
    const bought = new Set(types);
    return {
      async score({ requests, offsets, candidates }, out, call) {
        const counted = await perMoment(requests, (to) =>
          wideningWindow(counts, { types, to, days: windowDays }, call),
        );
        if (call.deadline.signal.aborted) return;
        requests.forEach(({ history, now }, r) => {
          const own = ownCounts(history, bought, (at) => decay(now - at, halfLifeDays));
          if (own.size === 0) return;
          const { vocabulary, byRow } = counted[r]!;
          const rows = candidates.rows(vocabulary);
          for (let c = offsets[r]!; c < offsets[r + 1]!; c++) {
            const count = own.get(candidates.ids[c]!);
            if (count === undefined || count === 0) continue;
            const sales = rows[c]! < 0 ? 0 : (byRow[rows[c]!] ?? 0);
            out[c] = Math.log(count) + Math.log(sales + smoothing);
          }
        });
      },
    };
  },
});

function ownCounts(
  history: EventColumns,
  types: ReadonlySet<string>,
  weightAt: (at: number) => number,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (let i = 0; i < history.size; i++) {
    if (!types.has(history.types[i]!)) continue;
    const id = history.items[i]!;
    counts.set(id, (counts.get(id) ?? 0) + weightAt(history.at[i]!));
  }
  return counts;
}
