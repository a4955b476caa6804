/** A mean with its 95 % interval. */
export interface Estimate {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 1000;
/** Places of the 2.5th and the 97.5th percentile among the sorted means of the resamples. */
const LOW = 25;
const HIGH = 974;

/**
 * Mean of one value a user, with the 95 % percentile interval of a bootstrap over users (Efron 1979): 1,000 resamples,
 * drawn from a seed, so that the same values give the same interval. No values give NaN.
 */
export function estimate(values: readonly number[], seed = 42): Estimate {
  if (values.length === 0) return { mean: NaN, low: NaN, high: NaN };
  const random = uniform(seed);
  const means = Float64Array.from({ length: RESAMPLES }, () => {
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += values[Math.floor(random() * values.length)]!;
    return sum / values.length;
  }).sort();
  return { mean: meanOf(values), low: means[LOW]!, high: means[HIGH]! };
}

/**
 * Mean of `after − before` over the same users, with its interval: the pairs are resampled, so that what makes a user
 * easy or hard for both cancels out. Throws where the lists are not aligned.
 */
export function estimateDifference(before: readonly number[], after: readonly number[], seed = 42): Estimate {
  if (before.length !== after.length) {
    throw new Error(`${before.length} values before and ${after.length} after are not of the same users`);
  }
  return estimate(
    after.map((value, i) => value - before[i]!),
    seed,
  );
}

/** NaN where there are none. */
export const meanOf = (values: readonly number[]): number =>
  values.length === 0 ? NaN : values.reduce((sum, value) => sum + value, 0) / values.length;

/** The value that a share `p` (0..1) of the values do not exceed (nearest rank); NaN where there are none. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? NaN;
}

/** Uniform in [0, 1): the linear congruential sequence of Numerical Recipes, of which the high bits are used. */
export function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => (state = (state * 1664525 + 1013904223) >>> 0) / 4294967296;
}

/** `count` of the values, each set of them equally likely, in their order; all where there are no more. */
export function sample<T>(values: readonly T[], count: number, seed = 42): readonly T[] {
  const random = uniform(seed);
  let wanted = Math.min(count, values.length);
  // Selection sampling (Knuth, TAOCP 3.4.2, algorithm S).
  return values.filter((_, i) => {
    if (random() * (values.length - i) >= wanted) return false;
    wanted -= 1;
    return true;
  });
}
