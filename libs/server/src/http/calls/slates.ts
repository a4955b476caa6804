import {
  AttuneError,
  predicateSchema,
  type Predicate,
  type SearchRequest,
  type SlateAnswer,
  type SlateRequest,
} from '@attune/sdk';
import type { EngineRequest, ServedSlate } from '@attune/engine';
import type { z } from 'zod';
import type { Platform, TenantPlatform } from '../../platform/tenant-platform.js';
import type { similarItems } from '../operations/slates.operations.js';
import { InvalidRequest, parsed } from '../problems/invalid-request.js';
import { getOne } from './catalogue.js';
import { checkFilterable } from './filterable.js';
import { momentOf } from './moment.js';

/** Who asks, and where. */
export interface Asking {
  readonly platform: Platform;
  readonly tenant: TenantPlatform;
  readonly requestId: string;
}

/** A slate of any surface. Throws NOT_READY, AT_IN_FUTURE, FIELD_NOT_FILTERABLE, SURFACE_NOT_FOUND. */
export async function slateFor(body: SlateRequest, asking: Asking): Promise<SlateAnswer> {
  const { surface, itemIds = [], ...asked } = body;
  return (await serveOne(surface, { ...asked, itemIds }, asking)).slate;
}

/** A slate of the search surface, with how many items matched. */
export async function searchFor(
  body: SearchRequest,
  asking: Asking,
): Promise<SlateAnswer & { readonly total: number; readonly query: { readonly text: string } }> {
  const { slate, total } = await serveOne('search', { ...body, itemIds: [] }, asking);
  return { ...slate, total, query: { text: body.query } };
}

/** A slate of the item surface. Throws ITEM_NOT_FOUND as well. */
export async function similarTo(
  id: string,
  { limit, filter }: z.output<(typeof similarItems)['query']>,
  asking: Asking,
): Promise<SlateAnswer> {
  refuseUntilReady(asking.platform);
  await getOne(id, asking.tenant);
  const asked: Asked = {
    itemIds: [id],
    filter: filter === undefined ? undefined : parsed(predicateSchema, filterFrom(filter)),
    limit,
    seen: 'include',
    explain: false,
    trace: false,
  };
  return (await serveOne('item', asked, asking)).slate;
}

type Asked = Omit<SlateRequest, 'surface' | 'itemIds'> & {
  readonly itemIds: readonly string[];
  readonly filter?: Predicate | undefined;
};

async function serveOne(surface: string, asked: Asked, { platform, tenant, requestId }: Asking): Promise<ServedSlate> {
  refuseUntilReady(platform);
  checkFilterable(asked.filter, platform.config.attributes);
  const { at, exclude = [], context = {}, ...rest } = asked;
  const request: EngineRequest = { ...rest, exclude, context, id: requestId, now: momentOf(at, platform.clock.now()) };
  const [served] = await tenant.engine.serve(surface, [request]);
  if (served === undefined) throw new Error(`surface '${surface}' served no slate`);
  return served;
}

function refuseUntilReady({ ready }: Platform): void {
  if (!ready) throw new AttuneError('NOT_READY', 'the pipelines are being proved and warmed');
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
