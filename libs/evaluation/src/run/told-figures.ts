import { estimate, estimateDifference, type Estimate } from '../metrics/bootstrap.js';
import { holm, randomizationTest } from '../metrics/paired.statistics.js';
import type { Comparison } from './evaluation.request.js';

/** The least p is one of as many; with tens of thousands of cases more would take longer than the models. */
const PERMUTATIONS = 1_000;

/** One value a case, by metric. */
export type CaseValues = Readonly<Record<string, readonly number[]>>;

export const estimatesOf = (values: CaseValues): Readonly<Record<string, Estimate>> =>
  mapped(values, (ofMetric) => estimate(ofMetric));

export const meansOf = (estimates: Readonly<Record<string, Estimate>>) => mapped(estimates, ({ mean }) => mean);

export const intervalsOf = (estimates: Readonly<Record<string, Estimate>>) =>
  mapped(estimates, ({ low, high }) => [low, high] as const);

/**
 * The chosen model against each other one, on the same cases: differences with their intervals, and the p of paired
 * randomization tests, corrected for how many models there are (Holm), metric by metric.
 */
export function comparisonsOf(
  chosen: CaseValues,
  others: readonly { readonly name: string; readonly values: CaseValues }[],
): readonly Comparison[] {
  return Object.keys(chosen).flatMap((metric) => {
    const ps = holm(
      others.map(({ values }) => randomizationTest(values[metric]!, chosen[metric]!, { permutations: PERMUTATIONS })),
    );
    return others.map(({ name, values }, i) => ({
      model: name,
      metric,
      difference: estimateDifference(values[metric]!, chosen[metric]!),
      p: ps[i]!,
    }));
  });
}

function mapped<T, U>(record: Readonly<Record<string, T>>, to: (value: T) => U): Readonly<Record<string, U>> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, to(value)]));
}
