import type { EngineRequest, ServedSlate } from '@attune/engine';
import type { SlateAnswer } from '@attune/sdk';
import { frozenId, LIFE_MS, type FrozenSlate, type Page, type SlateOrder } from '../../../slates/frozen-pages.js';
import type { LoggedRequest } from '../../../slates/logged-request.schema.js';
import type { SharedSlate } from '../../../slates/shared-slates.js';
import type { Asking } from './asking.js';
import type { CompleteOrder } from './slate-order.js';

/** A slate that was served, about to be answered. */
export interface Showing<A extends SlateAnswer> {
  readonly call: Pick<LoggedRequest, 'call' | 'body'>;
  readonly request: EngineRequest;
  readonly served: ServedSlate;
  /** The first page, complete but for its cursor. */
  readonly answer: A;
  /** Everything that passed, as pages show it. */
  readonly order: CompleteOrder;
}

/** Answers a slate: logs it, and freezes it where pages are asked for, for this gateway and all others. */
export async function show<A extends SlateAnswer>(showing: Showing<A>, { tenant, platform }: Asking): Promise<A> {
  const { call, request, answer, order } = showing;
  log(showing, { from: 0, limit: request.limit }, answer, tenant);
  if (request.paging !== true) return answer;

  // What was said of the first page holds for the others; its trace is long, told once and not kept.
  const common = { ...answer, items: [], trace: undefined };
  const frozen = pagesOf({ ...showing, answer: common }, { tenant });
  const id = frozenId();
  const cursor = tenant.slates.pages.freeze(call.call, frozen, answer.items.length, id);
  if (cursor === undefined) return answer;
  const { id: requestId, now } = request;
  const expiresAt = platform.clock.now() + LIFE_MS;
  const shared = { ...call, requestId, now, expiresAt, answer: common, ...order.candidates() } as SharedSlate;
  await tenant.slates.shared.put(id, shared, frozen.viewer);
  return { ...answer, cursor };
}

/** How the pages after the first are answered; `answer`: what they have in common. */
export function pagesOf<A extends SlateAnswer>(
  showing: Omit<Showing<A>, 'order'> & { readonly order: SlateOrder },
  { tenant }: Pick<Asking, 'tenant'>,
): FrozenSlate<A> {
  const { call, request, answer: common, order } = showing;
  const answer = (page: Page): A => {
    const { items, cursor, from } = page;
    const shown = { ...common, slateId: `${common.slateId}-${from}`, items: [...items], cursor };
    log(showing, page, shown, tenant);
    return shown;
  };
  const { userId, anonymousId } = call.body;
  return { order, viewer: { userId, anonymousId }, limit: request.limit, answer };
}

function log(
  { call, request, served: { total, passed } }: Pick<Showing<SlateAnswer>, 'call' | 'request' | 'served'>,
  { from, limit }: Pick<Page, 'from' | 'limit'>,
  shown: SlateAnswer,
  { slates }: Asking['tenant'],
): void {
  const logged = { ...call, requestId: request.id, page: { from, limit } } as LoggedRequest;
  slates.record({ request: logged, now: request.now, answer: shown, served: { total, passed } });
}
