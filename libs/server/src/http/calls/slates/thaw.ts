import type { SearchAnswer, SlateAnswer } from '@attune/sdk';
import type { PagedCall } from '../../../slates/cursor.codec.js';
import type { ThawedSlate } from '../../../slates/frozen-pages.js';
import type { SharedSlate } from '../../../slates/shared-slates.js';
import type { Asking } from './asking.js';
import { frozenOrder } from './frozen-order.js';
import { served as servedSlate } from './recommend.js';
import { served as servedSearch } from './search.js';
import { pagesOf, type Showing } from './show.js';

/**
 * A slate that another gateway froze: its request is served again as of its moment, under its own id so that chance is the
 * same, and shown in the frozen order. Undefined where no gateway shares it any more. Throws STORE_UNAVAILABLE.
 */
export async function thawed(call: PagedCall, id: string, asking: Asking): Promise<ThawedSlate | undefined> {
  const { slates, stores } = asking.tenant;
  const slate = await slates.shared.get(id);
  if (slate?.call !== call) return undefined;
  const { body, requestId, answer, expiresAt } = slate;
  const { request, served } = await servedAgain(slate, { ...asking, requestId });
  const order = frozenOrder(slate, served, stores.items);
  return { ...pagesOf({ call: { call, body }, request, served, answer, order }, asking), expiresAt };
}

/** Candidates only: order and facets are those of then. */
function servedAgain(
  { call, body, now }: SharedSlate,
  asking: Asking,
): Promise<Pick<Showing<SlateAnswer | SearchAnswer>, 'request' | 'served'>> {
  // By this clock, which may be behind the other's, that moment may be to come.
  const at = new Date(Math.min(now, asking.platform.clock.now())).toISOString();
  return call === 'search'
    ? servedSearch({ ...body, at, trace: false, sort: 'relevance', facets: undefined }, asking)
    : servedSlate({ ...body, at, trace: false }, asking);
}
