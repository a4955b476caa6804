/** A share with the bounds between which it lies 95 times in 100. */
export interface Share {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Quantile of the normal distribution for 95 %. */
const Z = 1.959964;

/** `hits` of `trials` with the Wilson score interval (Wilson 1927), which holds for few trials and rare hits too. */
export function shareOf(hits: number, trials: number): Share {
  if (trials === 0) return { value: 0, low: 0, high: 1 };
  const value = hits / trials;
  const spread = Z * Math.sqrt((value * (1 - value)) / trials + (Z * Z) / (4 * trials * trials));
  const center = value + (Z * Z) / (2 * trials);
  const scale = 1 + (Z * Z) / trials;
  return { value, low: Math.max(0, (center - spread) / scale), high: Math.min(1, (center + spread) / scale) };
}
