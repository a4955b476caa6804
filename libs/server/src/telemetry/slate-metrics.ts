import type { SlateObserver } from '@attune/engine';
import { DEGRADATION_TABLE } from '@attune/sdk';
import type { Metrics } from './metrics.js';

/** Counts what the engine tells of a tenant's slates. */
export function slateMetrics(metrics: Metrics, tenant: string): SlateObserver {
  return {
    stage(surface, { stage, ms, plugins }) {
      metrics.time('attune_stage_duration_seconds', [surface, stage], ms);
      for (const { plugin, ms: took } of plugins) {
        metrics.time('attune_plugin_duration_seconds', [surface, stage, plugin], took);
      }
      // Of the stages of a batch this one is run for each slate.
      if (stage === 'rerank') metrics.count('attune_slates_total', [tenant, surface]);
    },
    degraded(surface, plugin, code) {
      const known = Object.hasOwn(DEGRADATION_TABLE, code) ? code : 'other';
      metrics.count('attune_degraded_total', [tenant, surface, plugin, known]);
    },
  };
}
