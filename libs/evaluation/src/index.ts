export { estimate, estimateDifference, meanOf, percentile, sample, uniform, type Estimate } from './bootstrap.js';
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
  hitRate,
  listMetrics,
  METRICS,
  mrr,
  ndcg,
  overlap,
  recall,
  type ListMetrics,
  type MetricName,
} from './metrics.js';
