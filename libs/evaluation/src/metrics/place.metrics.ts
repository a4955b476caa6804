/** What a ranking found of what was wanted. */
export interface Found {
  /** Places of wanted items, from 1, ascending; may lie between two where scores tie. Those not found are missing. */
  readonly places: ArrayLike<number>;
  /** How many were wanted, found or not. */
  readonly wanted: number;
}

/** 1 where any place is within the first `k`, else 0. */
export const hitRateAt = ({ places }: Found, k: number): number => (places.length > 0 && places[0]! <= k ? 1 : 0);

/** Hits / k. */
export const precisionAt = ({ places }: Found, k: number): number => hitsWithin(places, k) / k;

/** Hits / min(k, wanted); 0 where nothing is wanted. */
export function recallAt({ places, wanted }: Found, k: number): number {
  const most = Math.min(k, wanted);
  return most === 0 ? 0 : hitsWithin(places, k) / most;
}

/** Hits / wanted; 0 where nothing is wanted. */
export const recallOfAllAt = ({ places, wanted }: Found, k: number): number =>
  wanted === 0 ? 0 : hitsWithin(places, k) / wanted;

/** Sum over hits of (hits up to its place / its place), over min(k, wanted); 0 where nothing is wanted. */
export function averagePrecisionAt({ places, wanted }: Found, k: number): number {
  const most = Math.min(k, wanted);
  const hits = hitsWithin(places, k);
  let sum = 0;
  for (let i = 0; i < hits; i++) sum += (i + 1) / places[i]!;
  return most === 0 ? 0 : sum / most;
}

/** 1 / the first place, 0 where it is beyond `k`. */
export const reciprocalRankAt = ({ places }: Found, k: number): number =>
  places.length > 0 && places[0]! <= k ? 1 / places[0]! : 0;

/** Discounted gain over that of the best order of min(k, wanted) hits; 0 where nothing is wanted. */
export function ndcgAt({ places, wanted }: Found, k: number): number {
  const most = Math.min(k, wanted);
  if (most === 0) return 0;
  let ideal = 0;
  for (let place = 1; place <= most; place++) ideal += discount(place);
  const hits = hitsWithin(places, k);
  let sum = 0;
  for (let i = 0; i < hits; i++) sum += discount(places[i]!);
  return sum / ideal;
}

/** 1 / log2(place + 1). */
export const discount = (place: number): number => 1 / Math.log2(place + 1);

function hitsWithin(places: ArrayLike<number>, k: number): number {
  let hits = 0;
  while (hits < places.length && places[hits]! <= k) hits++;
  return hits;
}
