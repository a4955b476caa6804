/** Means that differ by less are equal: they differ by the order of summation. */
const EQUAL = 1e-12;

/** The trial of the highest mean, by its place; of equals the first. `trials`: one value a case, higher is better. */
export const bestTrial = (trials: readonly (readonly number[])[]): number => highest(trials.map(sumOf));

/**
 * For every case the trial that is best over all other cases (leave one out, Stone 1974): with so few cases none can be set
 * aside to choose by, and no case takes part in the choice that it is told with. Of equals, and for a single case, the first.
 */
export function chosenWithout(trials: readonly (readonly number[])[]): readonly number[] {
  const sums = trials.map(sumOf);
  return (trials[0] ?? []).map((_, at) => highest(sums.map((sum, t) => sum - trials[t]![at]!)));
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

const highest = (sums: readonly number[]): number =>
  sums.reduce((best, sum, t) => (sum > sums[best]! + EQUAL ? t : best), 0);
