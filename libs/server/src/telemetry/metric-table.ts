/** One metric family: what it counts, and by which labels. */
export interface MetricRow {
  readonly kind: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly labels: readonly string[];
  /** Upper bounds of a histogram, seconds. */
  readonly buckets?: readonly number[];
}

/** From a fraction of a millisecond, which a plugin takes, to a request that is given up. */
const SECONDS = [0.000_25, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5] as const;

const counter = (help: string, labels: readonly string[]): MetricRow => ({ kind: 'counter', help, labels });
const gauge = (help: string, labels: readonly string[]): MetricRow => ({ kind: 'gauge', help, labels });
const seconds = (help: string, labels: readonly string[]): MetricRow => ({
  kind: 'histogram',
  help,
  labels,
  buckets: SECONDS,
});

/** Of what is the tenant's, not the process's: its value comes from whichever process is asked. */
const shared = (help: string, labels: readonly string[]): MetricRow =>
  gauge(`${help} Of all processes, the same on each: not to be summed.`, labels);

const PLACE = ['tenant', 'surface', 'pipeline', 'position'] as const;

/**
 * Every metric of ours at `/metrics`; the reference page is generated from it. No label comes from a caller: tenants,
 * surfaces and plugins are as many as configuration names.
 */
export const METRIC_TABLE = {
  attune_http_request_duration_seconds: seconds(
    'Requests, by operation of the HTTP contract (`none`: no such path), status, and code of the problem (empty: none).',
    ['operation', 'method', 'status', 'code'],
  ),
  attune_slates_total: counter('Slates served.', ['tenant', 'surface']),
  attune_stage_duration_seconds: seconds('A stage of one batch of slates.', ['surface', 'stage']),
  attune_plugin_duration_seconds: seconds('One call of a plugin.', ['surface', 'stage', 'plugin']),
  attune_degraded_total: counter(
    'Parts left out of slates, by plugin and code; a code of a plugin of your own is `other`.',
    ['tenant', 'surface', 'plugin', 'code'],
  ),
  attune_ladder_rung: gauge('Rung of the degradation ladder; 0 = everything runs.', ['tenant']),
  attune_events_total: counter('Events received, by what became of them: accepted, duplicate or rejected.', [
    'tenant',
    'result',
  ]),
  attune_embeddings_total: counter(
    'Vectors of items by version of a space, and where they came from: the model, or one that was stored for the same text.',
    ['tenant', 'version', 'source'],
  ),
  attune_llm_calls_total: counter(
    'Calls of the language model, by prompt and outcome: answered, or the code of a degradation.',
    ['tenant', 'prompt', 'outcome'],
  ),
  attune_llm_cached_total: counter('Asks that were answered without a call.', ['tenant', 'prompt']),
  attune_llm_tokens_total: counter('Tokens read (input) and written (output).', ['tenant', 'prompt', 'direction']),
  attune_llm_cost_total: counter('Money, by the prices of the configuration.', ['tenant', 'prompt']),
  attune_llm_call_duration_seconds: seconds('One call of the language model.', ['tenant', 'prompt']),
  attune_jobs_total: counter('Jobs that ended, by how.', ['tenant', 'type', 'state']),
  attune_jobs: gauge('Jobs that wait, and jobs under way.', ['tenant', 'type', 'state']),
  attune_queue_jobs: gauge(
    'Jobs and parts of them in the queue, by lane (jobs of one lane wait for each other) and what they do there: what workers are scaled by.',
    ['tenant', 'lane', 'state'],
  ),
  attune_items: shared('Items of the catalogue.', ['tenant']),
  attune_events_stored: shared('Events in the log.', ['tenant']),
  attune_artifact_created_timestamp_seconds: gauge('When the model in use was stored, Unix time.', [
    'tenant',
    'artifact',
  ]),
  attune_slate_log_slates: shared('Slates in the slate log.', ['tenant']),
  attune_slate_log_bytes: shared('Bytes of the slate log on disk.', ['tenant']),
  attune_slate_log_dropped: gauge('Slates not logged since the start: the disk could not keep up.', ['tenant']),
  attune_attributed_impressions: shared(
    'Items shown within the retention, by position (`21+`: further down) and digest of the pipeline (`other`: rare ones).',
    PLACE,
  ),
  attune_attributed_clicks: shared('Clicks and views of items shown; ÷ impressions = click-through rate.', PLACE),
  attune_attributed_carts: shared('Items shown that were put into a cart.', PLACE),
  attune_attributed_purchases: shared('Items shown that were bought; ÷ impressions = conversion rate.', PLACE),
} as const satisfies Readonly<Record<string, MetricRow>>;
export type MetricName = keyof typeof METRIC_TABLE;
