import { uniform } from './bootstrap.js';
import { upperTail } from './normal.distribution.js';

/** How a randomization test draws. */
export interface RandomizationOptions {
  /** Default 10,000: p is then exact to ± .004 where it is .05. */
  readonly permutations?: number;
  /** Default 42. */
  readonly seed?: number;
}

/**
 * Two-sided p of a paired randomization test (Fisher 1935; Smucker, Allan and Carterette, CIKM 2007): how often the
 * mean difference would be as large by chance if each user's two values were exchanged by a coin. One value a user,
 * aligned; 0 < p ≤ 1, counting the sample itself (Phipson and Smyth 2010), so the least is 1 / (permutations + 1).
 * Throws RangeError for lists that are empty, not aligned, or not finite.
 */
export function randomizationTest(
  before: readonly number[],
  after: readonly number[],
  { permutations = 10_000, seed = 42 }: RandomizationOptions = {},
): number {
  const differences = differencesOf(before, after).filter((difference) => difference !== 0);
  const observed = Math.abs(differences.reduce((sum, difference) => sum + difference, 0));
  // Sums in another order differ in the last bits: those count as equal.
  const least = observed * (1 - 1e-12);
  const random = uniform(seed);
  let asLarge = 1;
  for (let run = 0; run < permutations; run++) {
    let sum = 0;
    for (let i = 0; i < differences.length; i++) sum += random() < 0.5 ? differences[i]! : -differences[i]!;
    if (Math.abs(sum) >= least) asLarge++;
  }
  return asLarge / (permutations + 1);
}

/** Outcome of a signed-rank test. */
export interface SignedRank {
  /** Sum of the ranks of the differences above 0. */
  readonly positive: number;
  /** Its distance from what chance gives, in standard deviations; above 0 where `after` is higher. */
  readonly z: number;
  /** Two-sided. */
  readonly p: number;
}

/**
 * Wilcoxon's signed-rank test (Biometrics 1945) by its normal approximation, for 10 users and more: differences of 0
 * are left out, equal ones share their mean rank, and the variance is corrected for them. Without any difference z is 0
 * and p 1. Throws RangeError for lists that are empty, not aligned, or not finite.
 */
export function signedRankTest(before: readonly number[], after: readonly number[]): SignedRank {
  const differences = differencesOf(before, after).filter((difference) => difference !== 0);
  const n = differences.length;
  if (n === 0) return { positive: 0, z: 0, p: 1 };
  differences.sort((a, b) => Math.abs(a) - Math.abs(b));
  let positive = 0;
  let variance = (n * (n + 1) * (2 * n + 1)) / 24;
  for (let start = 0, end = 0; start < n; start = end) {
    const size = Math.abs(differences[start]!);
    let above = 0;
    for (; end < n && Math.abs(differences[end]!) === size; end++) if (differences[end]! > 0) above++;
    const ties = end - start;
    positive += (above * (start + 1 + end)) / 2;
    variance -= (ties ** 3 - ties) / 48;
  }
  const z = (positive - (n * (n + 1)) / 4) / Math.sqrt(variance);
  return { positive, z, p: 2 * upperTail(Math.abs(z)) };
}

/**
 * p values of several comparisons, corrected so that the chance of any false alarm stays below the level (Holm,
 * Scandinavian Journal of Statistics 1979). In their order; each 0..1 and not below what it was.
 * Throws RangeError for what is no probability.
 */
export function holm(pValues: readonly number[]): readonly number[] {
  const bad = pValues.find((p) => !(p >= 0 && p <= 1));
  if (bad !== undefined) throw new RangeError(`${bad} is no probability`);
  const corrected = [...pValues];
  const ascending = [...pValues.keys()].sort((a, b) => pValues[a]! - pValues[b]!);
  let highest = 0;
  for (const [i, at] of ascending.entries()) {
    highest = Math.max(highest, Math.min(1, (pValues.length - i) * pValues[at]!));
    corrected[at] = highest;
  }
  return corrected;
}

function differencesOf(before: readonly number[], after: readonly number[]): number[] {
  if (before.length !== after.length)
    throw new RangeError(`${before.length} values before and ${after.length} after are not of the same users`);
  if (before.length === 0) throw new RangeError('there are no users to compare');
  const differences = after.map((value, i) => value - before[i]!);
  const bad = differences.findIndex((difference) => !Number.isFinite(difference));
  if (bad >= 0) throw new RangeError(`user ${bad} has values ${before[bad]} and ${after[bad]}`);
  return differences;
}
