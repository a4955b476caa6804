import { LlmDesk, openOpenAiModel, type LlmLimits } from '@attune/inference';
import type { TenantPlatform } from '../../../../platform/tenant-platform.js';
import type { TestGateway } from '../../../testing/test-gateway.js';

const LIMITS: LlmLimits = {
  timeoutMs: 60_000,
  concurrency: 4,
  waiting: 8,
  prices: { input: 0, output: 0 },
  cacheEntries: 100,
  cacheMs: 60_000,
  budget: {},
  tenants: new Map(),
  blocked: [],
};

/** The tenant of a gateway with a language model behind an address; who asks for it closes the desk. */
export function withModel(
  { tenant, platform }: TestGateway,
  { url, model }: { readonly url: string; readonly model: string },
): { readonly tenant: TenantPlatform; readonly desk: LlmDesk } {
  const desk = new LlmDesk({ model: openOpenAiModel({ url, model }), limits: LIMITS, clock: platform.clock });
  const observer = { called: () => undefined, cached: () => undefined };
  const llm = desk.of(tenant.tenant, { spending: tenant.stores.spending, observer });
  return { desk, tenant: { ...tenant, llm } };
}
