import { EVENT_TYPES, type EventInput, type EventStore } from '@attune/sdk';
import type { Config } from '../../config/config.schema.js';
import { eventBatch, type EventsReceipt } from '../operations/events.operations.js';
import type { RowFault } from '../rows/sent-row.js';
import { rowsIn } from '../rows/sent-rows.js';
import { takeRows } from '../rows/take-rows.js';
import { isAhead } from './moment.js';

const BUILT_IN: ReadonlySet<string> = new Set(EVENT_TYPES);
/** The type of an event that says whose an anonymous id is; a call of its own makes it. */
export const IDENTIFY = 'identify';

/** Checks and appends the rows of a body; resolves when the good ones are on disk. `now`: receipt, epoch ms. */
export async function ingestEvents(
  body: unknown,
  {
    events,
    weights,
    now,
  }: { readonly events: EventStore; readonly weights: Config['events']['weights']; readonly now: () => number },
): Promise<EventsReceipt> {
  let [accepted, duplicates] = [0, 0];
  const refused = await takeRows(rowsIn(body, eventBatch), {
    row: eventBatch.row,
    also: (event) => faultOf(event, weights, now()),
    async store(rows) {
      const receipt = new Date(now()).toISOString();
      const { created } = await events.append(rows.map((event) => ({ ...event, at: event.at ?? receipt })));
      const fresh = created.reduce((sum, one) => sum + (one ? 1 : 0), 0);
      accepted += fresh;
      duplicates += created.length - fresh;
    },
  });
  return { accepted, duplicates, ...refused };
}

function faultOf(event: EventInput, weights: Config['events']['weights'], now: number): RowFault | undefined {
  if (event.type === IDENTIFY) {
    const message = `'${IDENTIFY}' is no type of yours: PUT /v1/users/{id}/identities/{anonymousId} joins the two`;
    return { code: 'UNKNOWN_EVENT_TYPE', message, pointer: '/type' };
  }
  if (!BUILT_IN.has(event.type) && !Object.hasOwn(weights, event.type)) {
    const message = `unknown event type '${event.type}': use ${EVENT_TYPES.join(', ')}, or give it a weight in attune.config.yaml: events: { weights: { ${event.type}: 1 } }`;
    return { code: 'UNKNOWN_EVENT_TYPE', message, pointer: '/type' };
  }
  if (event.at === undefined || !isAhead(event.at, now)) return undefined;
  return {
    code: 'AT_IN_FUTURE',
    message: `'${event.at}' is more than 5 minutes ahead of the server's clock`,
    pointer: '/at',
  };
}
