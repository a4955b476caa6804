import type { EngineRequest } from '@attune/engine';
import { basketsOf, sample, wantedOf } from '@attune/evaluation';
import { idSchema, predicateSchema, type LoggedSlate, type TenantStores } from '@attune/sdk';
import { z } from 'zod';
import { asked } from './asked.js';
import { heldBaskets } from './held-baskets.js';

/** A request to ask twice, with what its user bought next where that is known. */
export interface DiffRequest {
  readonly request: EngineRequest;
  readonly wanted: ReadonlySet<string> | undefined;
}

/** What of a logged request slates depend on; other members are left alone. */
const loggedSchema = z.object({
  sessionId: idSchema.optional(),
  itemIds: z.array(idSchema).default([]),
  query: z.string().optional(),
  filter: predicateSchema.optional(),
  exclude: z.array(idSchema).default([]),
  seen: z.enum(['exclude', 'include']).default('exclude'),
  context: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  personalize: z.number().optional(),
});

export interface DrawOptions {
  readonly surface: string;
  readonly count: number;
  /** Items a slate. */
  readonly limit: number;
  readonly seed: number;
  readonly now: number;
}

/** The newest requests of a surface; where too few were logged, moments just before last baskets make up the number. */
export async function drawRequests(stores: TenantStores, options: DrawOptions): Promise<readonly DiffRequest[]> {
  const { surface, count, limit, seed, now } = options;
  const logged = await stores.slates.recent(count, surface);
  const real = logged.flatMap((slate) => requestOf(slate, stores, { limit, now }) ?? []);
  const missing = count - real.length;
  if (missing <= 0) return real;
  const held = sample(heldBaskets(stores, now), missing, seed).map((one) => ({
    request: asked({ id: `diff ${one.userId}`, now: one.askAt, userId: one.userId, limit }),
    wanted: wantedOf(one, 'newItems'),
  }));
  return [...real, ...held];
}

function requestOf(
  { slateId, at, userId, anonymousId, request }: LoggedSlate,
  stores: TenantStores,
  { limit, now }: Pick<DrawOptions, 'limit' | 'now'>,
): DiffRequest | undefined {
  const { data } = loggedSchema.safeParse(request);
  if (data === undefined) return undefined;
  const { query, ...rest } = data;
  const who = { userId, anonymousId, now: Date.parse(at) };
  const again = { ...rest, ...who, query: query === undefined ? undefined : { text: query } };
  return { request: asked({ ...again, id: slateId, limit }), wanted: nextBasket(again, stores, now) };
}

/** What the user bought next; undefined where nobody is known, or nothing followed. */
function nextBasket(
  request: Pick<EngineRequest, 'userId' | 'now' | 'seen'>,
  { events }: TenantStores,
  now: number,
): ReadonlySet<string> | undefined {
  const { userId } = request;
  if (userId === undefined) return undefined;
  const baskets = basketsOf(events.history({ userId }, now));
  const basket = baskets.find(({ at }) => at > request.now);
  if (basket === undefined) return undefined;
  const known = new Set(baskets.filter(({ at }) => at <= request.now).flatMap(({ itemIds }) => itemIds));
  const task = request.seen === 'include' ? 'wholeBasket' : 'newItems';
  return wantedOf({ userId, basket, askAt: request.now, known }, task);
}
