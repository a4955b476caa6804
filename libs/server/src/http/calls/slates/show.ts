import type { EngineRequest, ServedSlate } from '@attune/engine';
import type { SlateAnswer } from '@attune/sdk';
import type { Page, SlateOrder } from '../../../slates/frozen-pages.js';
import type { LoggedRequest } from '../../../slates/logged-request.schema.js';
import type { Asking } from './asking.js';

/** A slate that was served, about to be answered. */
export interface Showing<A extends SlateAnswer> {
  readonly call: Pick<LoggedRequest, 'call' | 'body'>;
  readonly request: EngineRequest;
  readonly served: ServedSlate;
  /** The first page, complete but for its cursor. */
  readonly answer: A;
  /** Everything that passed, as pages show it. */
  readonly order: SlateOrder;
}

/** Answers a slate: logs it, and freezes it where pages are asked for. */
export function show<A extends SlateAnswer>(showing: Showing<A>, { tenant }: Asking): A {
  const { call, request, answer, order } = showing;
  const { total, passed } = showing.served;
  const log = (page: Pick<Page, 'from' | 'limit'>, shown: SlateAnswer): void => {
    const { from, limit } = page;
    const logged = { ...call, requestId: request.id, page: { from, limit } } as LoggedRequest;
    tenant.slates.record({ request: logged, now: request.now, answer: shown, served: { total, passed } });
  };
  log({ from: 0, limit: request.limit }, answer);
  if (request.paging !== true) return answer;

  // What was said of the first page holds for the others; its trace is long, told once and not kept.
  const common = { ...answer, items: [], trace: undefined };
  const next = (page: Page): A => {
    const { items, cursor, from } = page;
    const shown = { ...common, slateId: `${common.slateId}-${from}`, items: [...items], cursor };
    log(page, shown);
    return shown;
  };
  const { userId, anonymousId } = call.body;
  const frozen = { order, viewer: { userId, anonymousId }, limit: request.limit, answer: next };
  const cursor = tenant.slates.pages.freeze(call.call, frozen, answer.items.length);
  return cursor === undefined ? answer : { ...answer, cursor };
}
