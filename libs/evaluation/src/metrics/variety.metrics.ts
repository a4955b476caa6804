import type { Occurrences } from './occurrences.js';

/**
 * Share of the catalogue that is in any slate (Ge, Delgado-Battenfeld and Jannach, RecSys 2010). 0..1.
 * Throws RangeError where more items are shown than there are.
 */
export function catalogueCoverage<K>({ counts }: Occurrences<K>, catalogueSize: number): number {
  checkCatalogue(counts.size, catalogueSize);
  return counts.size / catalogueSize;
}

/**
 * Gini index of how often each item of the catalogue is shown, those never shown included: Σ (2i − n − 1) xᵢ / (n Σ x)
 * over the n counts x in ascending order (Fleder and Hosanagar, Management Science 2009). 0 where all are shown alike,
 * near 1 where one item takes it all; 0 where nothing is shown.
 * Throws RangeError where more items are shown than there are.
 */
export function exposureGini<K>({ counts, total }: Occurrences<K>, catalogueSize: number): number {
  checkCatalogue(counts.size, catalogueSize);
  if (total === 0) return 0;
  const shown = Float64Array.from(counts.values()).sort();
  const never = catalogueSize - shown.length;
  let sum = 0;
  for (let i = 0; i < shown.length; i++) sum += (2 * (never + i + 1) - catalogueSize - 1) * shown[i]!;
  return sum / (catalogueSize * total);
}

/**
 * How much the slates of two users differ on average: 1 − mean over all pairs of (items in both / mean length). 0 where
 * all are shown the same, 1 where no two share an item; NaN for fewer than two slates. Exact in one pass over items: an
 * item of c slates is in c (c − 1) / 2 pairs.
 */
export function personalization<K>({ counts, size, total }: Occurrences<K>): number {
  let shared = 0;
  for (const count of counts.values()) shared += (count * (count - 1)) / 2;
  const pairs = (size * (size - 1)) / 2;
  return total === 0 ? NaN : 1 - shared / (pairs * (total / size));
}

/**
 * Intra-list diversity of one slate: 1 − mean similarity over its pairs (Ziegler et al., WWW 2005); 0 for fewer than
 * two ids. `similarity`: symmetric, 1 for alike; with one of 0..1 the diversity is 0..1.
 */
export function intraListDiversity<K>(slate: readonly K[], similarity: (a: K, b: K) => number): number {
  if (slate.length < 2) return 0;
  let sum = 0;
  for (let i = 1; i < slate.length; i++) for (let j = 0; j < i; j++) sum += similarity(slate[i]!, slate[j]!);
  return 1 - sum / ((slate.length * (slate.length - 1)) / 2);
}

function checkCatalogue(shown: number, catalogueSize: number): void {
  if (!(catalogueSize >= Math.max(1, shown)))
    throw new RangeError(`${shown} items are shown of a catalogue of ${catalogueSize}`);
}
