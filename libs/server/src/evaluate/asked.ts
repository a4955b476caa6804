import type { EngineRequest } from '@attune/engine';

/** A request for a slate of nothing but these members. */
export function asked(request: Pick<EngineRequest, 'id' | 'now' | 'limit'> & Partial<EngineRequest>): EngineRequest {
  return { itemIds: [], exclude: [], seen: 'exclude', explain: false, trace: false, context: {}, ...request };
}
