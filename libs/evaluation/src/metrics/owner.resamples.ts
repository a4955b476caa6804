import { type Estimate, meanOf, uniform } from './bootstrap.js';
import { randomizationTest } from './paired.statistics.js';

/**
 * Whose each case is [n]: numbers from 0, none left out. Cases of one owner are alike, so that owners are resampled, each
 * with all that is theirs (cluster bootstrap; Davison and Hinkley 1997, section 3.8).
 */
export type Owners = Int32Array;

/** How many resamples there are. */
export const RESAMPLES = 1000;
/** The least p is one of as many. */
const PERMUTATIONS = 1_000;

/** A difference, with the p of its being none. */
export interface TestedDifference {
  readonly difference: Estimate;
  /** Two-sided. */
  readonly p: number;
}

/** Calls with how often each owner is in a resample, for each of the resamples. */
export function eachResample(owners: Owners, seed: number, call: (counts: Uint32Array, run: number) => void): void {
  const size = sizeOf(owners);
  const random = uniform(seed);
  const counts = new Uint32Array(size);
  for (let run = 0; run < RESAMPLES; run++) {
    counts.fill(0);
    for (let i = 0; i < size; i++) counts[Math.floor(random() * size)]! += 1;
    call(counts, run);
  }
}

/** The 95 % percentile interval of those resamples that are numbers; NaN where none is. */
export function percentiles(values: Float64Array): { readonly low: number; readonly high: number } {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const out = Math.floor(sorted.length / 40);
  return { low: sorted[out] ?? NaN, high: sorted[sorted.length - 1 - out] ?? NaN };
}

/** The mean of one value a case, with its interval over owners. No values give NaN. */
export function meanOverOwners(values: readonly number[], owners: Owners, seed = 42): Estimate {
  const sums = sumsByOwner(values, owners);
  const sizes = sumsByOwner(new Float64Array(values.length).fill(1), owners);
  const resamples = new Float64Array(RESAMPLES);
  eachResample(owners, seed, (counts, run) => {
    let [sum, size] = [0, 0];
    for (let owner = 0; owner < sums.length; owner++) {
      sum += counts[owner]! * sums[owner]!;
      size += counts[owner]! * sizes[owner]!;
    }
    resamples[run] = sum / size;
  });
  return { mean: meanOf(values), ...percentiles(resamples) };
}

/**
 * Mean of `after` minus `before`, one value a case, with its interval over owners and the p of a randomization test in
 * which the two values of all cases of an owner are exchanged together. Throws RangeError as `randomizationTest` does.
 */
export function differenceOverOwners(
  before: readonly number[],
  after: readonly number[],
  owners: Owners,
): TestedDifference {
  const difference = meanOverOwners(
    after.map((value, i) => value - before[i]!),
    owners,
  );
  const [from, to] = [sumsByOwner(before, owners), sumsByOwner(after, owners)];
  return { difference, p: randomizationTest([...from], [...to], { permutations: PERMUTATIONS }) };
}

const sizeOf = (owners: Owners): number => owners.reduce((most, owner) => Math.max(most, owner + 1), 0);

function sumsByOwner(values: ArrayLike<number>, owners: Owners): Float64Array {
  const sums = new Float64Array(sizeOf(owners));
  for (let i = 0; i < owners.length; i++) sums[owners[i]!]! += values[i]!;
  return sums;
}
