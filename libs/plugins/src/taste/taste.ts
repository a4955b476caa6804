import type { EventColumns } from '@attune/sdk';
import { z } from 'zod';
import { decay } from '../counts/days.js';

export const tasteOptions = z.strictObject({
  /** Event types that speak for an item, and how loudly; others say nothing. */
  types: z
    .record(z.string(), z.number().positive())
    .default({ purchase: 1, like: 1, add_to_cart: 0.6, click: 0.2, view: 0.2 }),
  /** What repetition adds: nothing, 1 + ln(count), or the count. */
  counting: z.enum(['once', 'log', 'plain']).default('once'),
  /** Days after which an item weighs half, from its newest event; default: never. */
  halfLifeDays: z.number().positive().optional(),
  /** Items taken, the most recent. */
  maxItems: z.int().min(1).max(10_000).default(500),
});
export type TasteOptions = z.output<typeof tasteOptions>;

/** Distinct items and what each weighs, most recent first; columns of equal length. */
export interface Taste<K extends string | number> {
  readonly keys: readonly K[];
  readonly weights: readonly number[];
}

const REFUSALS: ReadonlySet<string> = new Set(['dislike', 'hide']);

/**
 * The distinct items someone stands for, as of `now`: type weight × repetition × decay. `keys` names the item of each
 * entry of `history`: ids, or rows of a vocabulary; the empty string and −1 are left out, and so is what was disliked
 * or hidden after it was taken up.
 */
export function tasteOf<K extends string | number>(
  history: EventColumns,
  keys: ArrayLike<K>,
  options: TasteOptions,
  now: number,
): Taste<K> {
  const slots = new Map<K, number>();
  const refused = new Set<K>();
  const found: K[] = [];
  const loudest: number[] = [];
  const times: number[] = [];
  const ages: number[] = [];
  for (let i = history.size - 1; i >= 0; i--) {
    const key = keys[i]!;
    if (key === '' || key === -1) continue;
    const type = history.types[i]!;
    const loudness = Object.hasOwn(options.types, type) ? options.types[type]! : 0;
    const slot = slots.get(key);
    if (slot !== undefined) {
      if (loudness === 0) continue;
      loudest[slot] = Math.max(loudest[slot]!, loudness);
      times[slot]! += 1;
    } else if (REFUSALS.has(type)) refused.add(key);
    else if (loudness > 0 && found.length < options.maxItems && !refused.has(key)) {
      slots.set(key, found.length);
      found.push(key);
      loudest.push(loudness);
      times.push(1);
      ages.push(now - history.at[i]!);
    }
  }
  const weights = found.map(
    (_, s) => loudest[s]! * repeated(times[s]!, options) * decay(ages[s]!, options.halfLifeDays),
  );
  return { keys: found, weights };
}

function repeated(times: number, { counting }: TasteOptions): number {
  if (counting === 'once') return 1;
  return counting === 'log' ? 1 + Math.log(times) : times;
}
