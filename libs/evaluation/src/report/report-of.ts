import type { Estimate } from '../metrics/bootstrap.js';
import type { EvaluatedModel, EvaluationResult, Intervals } from '../run/evaluation.request.js';
import type { Estimates, EvaluationReport, ReportModel } from './evaluation.report.js';

/** What a report tells beside the result. */
export type ReportFrame = Pick<EvaluationReport, 'createdAt' | 'command' | 'machine'> & {
  readonly inputs: readonly string[];
};

const PROTOCOL_TEXTS = {
  rating: 'Ratings of each fold are predicted by what was learned from the others.',
  strong:
    'Models learn from some users, are told a part of what others have, and rank the whole catalogue for the rest.',
  'next-basket':
    'The latest basket of each user is the test, the one before it the validation; asked as of its moment, of the whole catalogue.',
  'next-item':
    'The last item of each sequence is the test, the one before it the validation; the whole catalogue is ranked.',
  search:
    'Every item is searched for queries with graded judgements; the options that a query is told with are chosen on the others.',
  clicks:
    'The last fifth of the cases by time is the test, the tenth before it the validation; each is asked how likely it is positive.',
} as const;

/** A result as a report. */
export function reportOf(result: EvaluationResult, { inputs, ...frame }: ReportFrame): EvaluationReport {
  const { protocol, data, models, chosen, comparisons } = result;
  const { users, items, interactions } = data;
  return {
    title: `Evaluation: ${protocol}`,
    protocol: PROTOCOL_TEXTS[protocol],
    data: [{ name: inputs.join(', '), users, items, interactions }],
    chosen,
    models: models.map((model) => modelOf(model, result.chosenBy)),
    comparisons: comparisons.map(({ model, metric, difference, p }) => ({
      a: model,
      b: chosen,
      metric,
      difference,
      p,
    })),
    ...frame,
  };
}

function modelOf(model: EvaluatedModel, main: string): ReportModel {
  const { name, options, asking, validation, test, intervals, slices, fitSeconds, cpuSeconds } = model;
  return {
    name,
    options: { ...options, ...asking },
    validation: estimatesOf(validation, intervals.validation, main),
    test: estimatesOf(test, intervals.test, main),
    slices: slices.map((slice) => ({
      name: slice.name,
      users: slice.users,
      metrics: estimatesOf(slice.test, slice.intervals, main),
    })),
    fitSeconds,
    cpuSeconds,
  };
}

/** The metric that the choice was made by comes first: a report orders models by that. */
function estimatesOf(means: Readonly<Record<string, number>>, intervals: Intervals, main: string): Estimates {
  const names = Object.keys(means).sort((a, b) => Number(b === main) - Number(a === main));
  return Object.fromEntries(
    names.map((name): [string, Estimate] => {
      const [low, high] = intervals[name]!;
      return [name, { mean: means[name]!, low, high }];
    }),
  );
}
