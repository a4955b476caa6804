import type { EngineRequest } from '@attune/engine';
import { basketsOf, sample, wantedOf } from '@attune/evaluation';
import type { LoggedSlate, Query, TenantStores } from '@attune/sdk';
import { loggedRequestSchema, type LoggedRequest } from '../slates/logged-request.schema.js';
import { asked } from './asked.js';
import { heldBaskets } from './held-baskets.js';
import type { JobEngineParts } from './own-engine.js';

/** A request to ask twice, with what its user bought next where that is known. */
export interface DiffRequest {
  readonly request: EngineRequest;
  readonly wanted: ReadonlySet<string> | undefined;
}

export interface DrawOptions {
  readonly surface: string;
  readonly count: number;
  /** Items a slate. */
  readonly limit: number;
  readonly seed: number;
  readonly now: number;
}

/** The newest requests of a surface; where too few were logged, moments just before last baskets make up the number. */
export async function drawRequests(
  parts: Pick<JobEngineParts, 'stores' | 'understand'>,
  { surface, count, limit, seed, now }: DrawOptions,
): Promise<readonly DiffRequest[]> {
  const { stores } = parts;
  const real: DiffRequest[] = [];
  for (const slate of await stores.slates.recent(count, surface)) {
    const logged = firstPageOf(slate);
    if (logged !== undefined) real.push(await askedAgain(slate, logged, parts, { limit, now }));
  }
  const missing = count - real.length;
  if (missing <= 0) return real;
  const held = sample(await heldBaskets(stores, now), missing, seed).map((one) => ({
    request: asked({ id: `diff ${one.userId}`, now: one.askAt, userId: one.userId, limit }),
    wanted: wantedOf(one, 'newItems'),
  }));
  return [...real, ...held];
}

/** What a slate was asked with; undefined for a further page, which nobody asked anew, and for another version's. */
function firstPageOf({ request }: LoggedSlate): LoggedRequest['body'] | undefined {
  const { data } = loggedRequestSchema.safeParse(request);
  return data?.page.from === 0 ? data.body : undefined;
}

/** The request as of its moment. As for the call itself, `personalize: 0` is the request of nobody. */
async function askedAgain(
  { slateId, at }: LoggedSlate,
  body: LoggedRequest['body'],
  { stores, understand }: Pick<JobEngineParts, 'stores' | 'understand'>,
  { limit, now }: Pick<DrawOptions, 'limit' | 'now'>,
): Promise<DiffRequest> {
  const { userId, anonymousId, sessionId, personalize, filter, exclude = [], seen, context = {} } = body;
  const moment = Date.parse(at);
  const request = asked({
    id: slateId,
    now: moment,
    ...(personalize > 0 && { userId, anonymousId, sessionId, personalize }),
    ...('itemIds' in body && { itemIds: body.itemIds ?? [] }),
    query: await queryOf(body, understand),
    ...{ filter, exclude, seen, context, limit },
  });
  return { request, wanted: await nextBasket({ userId, now: moment, seen }, stores, now) };
}

async function queryOf(
  body: LoggedRequest['body'],
  understand: JobEngineParts['understand'],
): Promise<Query | undefined> {
  const { query } = body;
  if (query === undefined || query.trim() === '') return undefined;
  return understand(query, 'language' in body ? body.language : undefined);
}

/** What the user bought next; undefined where nobody is known, or nothing followed. */
async function nextBasket(
  request: Pick<EngineRequest, 'userId' | 'now' | 'seen'>,
  { events }: TenantStores,
  now: number,
): Promise<ReadonlySet<string> | undefined> {
  const { userId } = request;
  if (userId === undefined) return undefined;
  const baskets = basketsOf(await events.history({ userId }, now));
  const basket = baskets.find(({ at }) => at > request.now);
  if (basket === undefined) return undefined;
  const known = new Set(baskets.filter(({ at }) => at <= request.now).flatMap(({ itemIds }) => itemIds));
  const task = request.seen === 'include' ? 'wholeBasket' : 'newItems';
  return wantedOf({ userId, basket, askAt: request.now, known }, task);
}
