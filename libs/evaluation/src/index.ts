export {
  estimate,
  estimateDifference,
  meanOf,
  percentile,
  sample,
  uniform,
  type Estimate,
} from './metrics/bootstrap.js';
export {
  basketsOf,
  holdOutLast,
  SPLIT_TASKS,
  wantedOf,
  type Basket,
  type HeldBasket,
  type SplitTask,
} from './last-basket.split.js';
export {
  averagePrecision,
  gradedNdcg,
  hitRate,
  listMetrics,
  METRICS,
  mrr,
  ndcg,
  overlap,
  precision,
  recall,
  recallOfAll,
  type ListMetrics,
  type MetricName,
} from './metrics/list.metrics.js';
export { FullRanking, type RankedUser } from './metrics/full-ranking.js';
export { mae, rmse } from './metrics/rating.metrics.js';
export { auc, calibration, logLoss, type Calibration, type ReliabilityBin } from './metrics/click.metrics.js';
export { logRates, shareOf, type LoggedImpression, type LogRates, type Share } from './metrics/log.metrics.js';
export { Occurrences, occurrencesOf } from './metrics/occurrences.js';
export { catalogueCoverage, exposureGini, intraListDiversity, personalization } from './metrics/variety.metrics.js';
export {
  groupShares,
  meanPopularity,
  novelty,
  popularityGroups,
  popularityPercentiles,
  type GroupOptions,
  type PopularityGroup,
} from './metrics/popularity.metrics.js';
export {
  holm,
  randomizationTest,
  signedRankTest,
  type RandomizationOptions,
  type SignedRank,
} from './metrics/paired.statistics.js';
export {
  type Estimates,
  type EvaluationReport,
  type ReportComparison,
  type ReportData,
  type ReportModel,
  type ReportSlice,
} from './report/evaluation.report.js';
export { BASKET_PARTS, type BasketPart } from './ranking/next-basket.protocol.js';
export { reportHtml } from './report/html.report.js';
export { reportOf, type ReportFrame } from './report/report-of.js';
export { DataFileError, EvaluationRequestError } from './formats/evaluation.errors.js';
export { type TextModelFolder } from './retrieval/text-models.js';
export { evaluateInChild } from './run/evaluate-in-child.js';
export {
  PROTOCOLS,
  type Comparison,
  type EvaluatedModel,
  type EvaluationRequest,
  type EvaluationResult,
  type ProtocolName,
} from './run/evaluation.request.js';
