import type { DocumentsPort, EventColumns } from '@attune/sdk';
import type { LexiconEntry } from './build-lexicon.js';

/** Events that say somebody is taken with an item. */
const TAKEN_UP: ReadonlySet<string> = new Set(['view', 'click', 'add_to_cart', 'purchase', 'like', 'rating', 'review']);
/** Latest items of somebody's past. */
const LATEST = 30;
/** Factor of the weight of what somebody took up nothing but. */
const MOST = 1.5;

/**
 * Factor 1..2.5 of an entry's weight: 1 + 1.5 × the share of somebody's latest 30 items that have its category or brand,
 * the largest of them. Undefined where there is no past.
 */
export async function tasteBoost(
  history: EventColumns,
  items: DocumentsPort,
): Promise<((entry: LexiconEntry) => number) | undefined> {
  const latest = new Set<string>();
  for (let i = history.size - 1; i >= 0 && latest.size < LATEST; i--) {
    const id = history.items[i]!;
    if (id !== '' && TAKEN_UP.has(history.types[i]!)) latest.add(id);
  }
  if (latest.size === 0) return undefined;
  const counts = new Map<string, number>();
  for (const item of await items.get([...latest])) {
    const { categories = [], brand } = item ?? {};
    for (const about of new Set(brand === undefined ? categories : [...categories, brand])) {
      counts.set(about, (counts.get(about) ?? 0) + 1);
    }
  }
  return ({ about }) => 1 + MOST * Math.max(0, ...about.map((one) => (counts.get(one) ?? 0) / latest.size));
}
