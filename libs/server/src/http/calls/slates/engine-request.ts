import type { EngineRequest } from '@attune/engine';
import type { Query, SearchRequest, SlateRequest } from '@attune/sdk';
import { languageOf } from '@attune/text';
import { checkFilterable } from '../filterable.js';
import { momentOf } from '../moment.js';
import type { Asking } from './asking.js';

/** What every call that answers a slate may ask with. */
export type Asked = Omit<SlateRequest, 'surface' | 'query'> | SearchRequest;

/**
 * A request as the engine takes it. `personalize: 0` is the request of nobody: whoever asks is left out, so that it
 * cannot differ from one without a user. Throws FIELD_NOT_FILTERABLE, AT_IN_FUTURE.
 */
export function engineRequest(asked: Asked, query: Query | undefined, { platform, requestId }: Asking): EngineRequest {
  checkFilterable(asked.filter, platform.config.attributes);
  const { userId, anonymousId, sessionId, personalize } = asked;
  return {
    id: requestId,
    now: momentOf(asked.at, platform.clock.now()),
    ...(personalize > 0 && { userId, anonymousId, sessionId, personalize }),
    itemIds: ('itemIds' in asked ? asked.itemIds : undefined) ?? [],
    query,
    filter: asked.filter,
    exclude: asked.exclude ?? [],
    seen: asked.seen,
    limit: asked.limit,
    language: asked.locale ?? (query === undefined ? undefined : languageOf(query.text)),
    explain: asked.explain,
    trace: asked.trace,
    context: asked.context ?? {},
    paging: asked.paging,
  };
}
