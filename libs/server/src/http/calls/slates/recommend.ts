import { predicateSchema, type SlateAnswer, type SlateRequest } from '@attune/sdk';
import type { z } from 'zod';
import type { similarItems } from '../../operations/slates.operations.js';
import { InvalidRequest, parsed } from '../../problems/invalid-request.js';
import { getOne } from '../catalogue.js';
import { refuseUntilReady, type Asking } from './asking.js';
import { engineRequest } from './engine-request.js';
import { serveOne } from './serve-one.js';
import { show, type Showing } from './show.js';
import { relevanceOrder } from './slate-order.js';
import { understood } from './understood.js';

/** A slate of any surface. Throws NOT_READY, AT_IN_FUTURE, FIELD_NOT_FILTERABLE, SURFACE_NOT_FOUND, ARTIFACT_NOT_FOUND. */
export async function slateFor(body: SlateRequest, asking: Asking): Promise<SlateAnswer> {
  refuseUntilReady(asking.platform);
  return show(await served(body, asking), asking);
}

/** The slate before anybody is told of it. */
export async function served(body: SlateRequest, asking: Asking): Promise<Showing<SlateAnswer>> {
  const { surface, artifacts } = body;
  const request = engineRequest(body, await understood(body.query, asking), asking);
  const slate = await serveOne({ surface, artifacts, request }, asking);
  return {
    call: { call: 'recommend', body },
    request,
    served: slate,
    answer: slate.slate,
    order: relevanceOrder(slate),
  };
}

/** A slate of the item surface. Throws ITEM_NOT_FOUND as well. */
export async function similarTo(
  id: string,
  { limit, filter }: z.output<(typeof similarItems)['query']>,
  asking: Asking,
): Promise<SlateAnswer> {
  refuseUntilReady(asking.platform);
  await getOne(id, asking.tenant);
  const asked: SlateRequest = {
    surface: 'item',
    itemIds: [id],
    ...(filter !== undefined && { filter: parsed(predicateSchema, filterFrom(filter)) }),
    limit,
    seen: 'include',
    personalize: 1,
    explain: false,
    trace: false,
    paging: false,
  };
  return slateFor(asked, asking);
}

/** A filter in a query string. `__proto__` is refused here as the body parser refuses it there. */
function filterFrom(text: string): unknown {
  try {
    return JSON.parse(text, (key, value: unknown) => {
      if (key === '__proto__') throw new SyntaxError('__proto__');
      return value;
    });
  } catch {
    throw new InvalidRequest([{ code: 'custom', path: ['filter'], message: 'is not JSON', input: text }]);
  }
}
