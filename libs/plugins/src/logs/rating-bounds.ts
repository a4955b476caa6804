/** Multiple of the spread of most ratings beyond which one is taken for a mistake. */
const FAR = 20;
/** Share of the ratings at either end that does not count as most of them. */
const ENDS = 0.1;

/**
 * Between which values ratings are believed, lowest and highest: far beyond where most of them lie, so that one slip (500 in place
 * of 5) is nobody's taste. Everything where most ratings are alike.
 */
export function believed(values: readonly number[]): readonly [number, number] {
  const sorted = Float64Array.from(values).sort();
  const low = sorted[Math.floor(ENDS * sorted.length)];
  const high = sorted[Math.ceil((1 - ENDS) * sorted.length) - 1];
  if (low === undefined || high === undefined || !(high > low)) return [-Infinity, Infinity];
  const far = FAR * (high - low);
  return [low - far, high + far];
}
