import type { LlmObserver } from '@attune/inference';
import type { Metrics } from '../telemetry/metrics.js';

/** Counts what is asked of the language model. */
export function llmMetrics(metrics: Metrics): LlmObserver {
  return {
    called({ tenant, prompt, outcome, usage, cost, ms }) {
      metrics.count('attune_llm_calls_total', [tenant, prompt, outcome]);
      metrics.count('attune_llm_tokens_total', [tenant, prompt, 'input'], usage.input);
      metrics.count('attune_llm_tokens_total', [tenant, prompt, 'output'], usage.output);
      metrics.count('attune_llm_cost_total', [tenant, prompt], cost);
      metrics.time('attune_llm_call_duration_seconds', [tenant, prompt], ms);
    },
    cached: (tenant, prompt) => metrics.count('attune_llm_cached_total', [tenant, prompt]),
  };
}
