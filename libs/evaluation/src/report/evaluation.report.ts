import type { Estimate } from '../metrics/bootstrap.js';

/** Metrics by name, such as `ndcg@10`, in the order in which they are shown. */
export type Estimates = Readonly<Record<string, Estimate>>;

/** Some of the test's users, or of what they want, judged apart: such as those of short history, or new items. */
export interface ReportSlice {
  readonly name: string;
  readonly users: number;
  readonly metrics: Estimates;
}

/** A model that was evaluated. */
export interface ReportModel {
  /** Distinct among the models. */
  readonly name: string;
  /** Those that validation chose; JSON values. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly validation: Estimates;
  readonly test: Estimates;
  readonly slices: readonly ReportSlice[];
  /** Wall clock of one fit. */
  readonly fitSeconds: number;
  /** CPU time of all its fits, the search for options included. */
  readonly cpuSeconds: number;
}

/** Two models on the same users. */
export interface ReportComparison {
  readonly a: string;
  readonly b: string;
  readonly metric: string;
  /** Mean of b − a with its interval. */
  readonly difference: Estimate;
  /** Of a paired test, corrected where there are several comparisons. */
  readonly p: number;
}

/** A set of interactions that went in. */
export interface ReportData {
  readonly name: string;
  readonly users: number;
  readonly items: number;
  readonly interactions: number;
}

/** What an evaluation found. The first metric of `test` of the chosen model is the main one. */
export interface EvaluationReport {
  readonly title: string;
  /** How data were split and users judged, in a sentence. */
  readonly protocol: string;
  readonly data: readonly ReportData[];
  /** ISO time. */
  readonly createdAt: string;
  /** Name of the model that validation chose. */
  readonly chosen: string;
  readonly models: readonly ReportModel[];
  readonly comparisons: readonly ReportComparison[];
  /** What repeats it. */
  readonly command: string;
  /** What it ran on: processor, cores, Node. */
  readonly machine: string;
}

/** The metric that models are ordered by; undefined where the chosen model has none. */
export function mainMetric({ models, chosen }: EvaluationReport): string | undefined {
  const model = models.find(({ name }) => name === chosen) ?? models[0];
  return model === undefined ? undefined : Object.keys(model.test)[0];
}

/** Every name of a metric, in the order in which they first come. */
export const metricNames = (all: readonly Estimates[]): readonly string[] => [
  ...new Set(all.flatMap((metrics) => Object.keys(metrics))),
];

/** Whether less of a metric is better: it measures errors. */
export const isError = (metric: string): boolean => /^(rmse|mae|logLoss|calibration)\b/i.test(metric);

/** Models by the main metric on validation, best first; those without it last. */
export function bestFirst(report: EvaluationReport): readonly ReportModel[] {
  const metric = mainMetric(report);
  if (metric === undefined) return report.models;
  const sign = isError(metric) ? -1 : 1;
  const worth = ({ validation }: ReportModel): number => {
    const mean = validation[metric]?.mean ?? NaN;
    return Number.isNaN(mean) ? -Infinity : sign * mean;
  };
  return report.models.toSorted((a, b) => (worth(a) === worth(b) ? 0 : worth(b) - worth(a)));
}
