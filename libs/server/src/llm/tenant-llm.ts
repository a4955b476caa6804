import type { LlmDesk, LlmObserver, TenantLlm } from '@attune/inference';
import type { TenantStores } from '@attune/sdk';
import type { Config } from '../config/config.schema.js';
import type { Forgets } from '../erase/forgets.js';
import type { Metrics } from '../telemetry/metrics.js';
import { llmMetrics } from './llm-metrics.js';
import { logCalls } from './log-calls.js';
import { NO_LLM } from './open-llm.js';

/** What a tenant's plugins ask: counted, written down where that is wanted, and paid from its own budget. */
export function tenantLlm(
  desk: LlmDesk | undefined,
  tenant: string,
  { stores, metrics, config }: { readonly stores: TenantStores; readonly metrics: Metrics; readonly config: Config },
): TenantLlm {
  if (desk === undefined) return NO_LLM;
  const told = [llmMetrics(metrics), ...(config.llm.log.enabled ? [logCalls(stores.llmCalls)] : [])];
  const observer: LlmObserver = {
    called: (record) => told.forEach((one) => one.called(record)),
    cached: (...asked) => told.forEach((one) => one.cached(...asked)),
  };
  return desk.of(tenant, { spending: stores.spending, observer });
}

/** Answers that were kept may tell of people who are forgotten; nobody can say which. */
export const answersForget = (llm: TenantLlm): Forgets => ({
  place: 'caches',
  forget: () => llm.forgetAnswers(),
  forgetAll: () => void llm.forgetAnswers(),
});
