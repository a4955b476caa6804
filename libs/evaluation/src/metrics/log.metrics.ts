/** A share with the bounds between which it lies 95 times in 100. */
export interface Share {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Quantile of the normal distribution for 95 %. */
const Z = 1.959964;

/**
 * `hits` of `trials` with the Wilson score interval (Wilson, JASA 1927), which holds for few trials and rare hits too.
 * No trials give 0 between 0 and 1. Trials count as independent: where one user makes many, the interval is too narrow.
 */
export function shareOf(hits: number, trials: number): Share {
  if (trials === 0) return { value: 0, low: 0, high: 1 };
  const value = hits / trials;
  const spread = Z * Math.sqrt((value * (1 - value)) / trials + (Z * Z) / (4 * trials * trials));
  const center = value + (Z * Z) / (2 * trials);
  const scale = 1 + (Z * Z) / trials;
  return { value, low: Math.max(0, (center - spread) / scale), high: Math.min(1, (center + spread) / scale) };
}

/** An item that was shown, and what came of it. */
export interface LoggedImpression {
  readonly clicked: boolean;
  readonly purchased: boolean;
}

/** What came of a log of impressions. */
export interface LogRates {
  readonly impressions: number;
  readonly clicks: number;
  readonly purchases: number;
  /** Clicks an impression. */
  readonly ctr: Share;
  /** Purchases an impression. */
  readonly conversionRate: Share;
}

/** Click-through and conversion over a log, which may be a stream of rows. */
export function logRates(log: Iterable<LoggedImpression>): LogRates {
  let [impressions, clicks, purchases] = [0, 0, 0];
  for (const { clicked, purchased } of log) {
    impressions += 1;
    if (clicked) clicks += 1;
    if (purchased) purchases += 1;
  }
  const ctr = shareOf(clicks, impressions);
  return { impressions, clicks, purchases, ctr, conversionRate: shareOf(purchases, impressions) };
}
