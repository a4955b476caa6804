import { EVENT_TYPES, type EventInput, type EventStore, type StoredEvent } from '@attune/sdk';
import type { Config } from '../../config/config.schema.js';
import type { RowFault } from '../operations/batch.js';
import { eventBatch, type EventsReceipt } from '../operations/events.operations.js';
import { isAhead } from './moment.js';

const BUILT_IN: ReadonlySet<string> = new Set(EVENT_TYPES);

/** Checks and appends the rows of a body; resolves when the good ones are on disk. `now`: receipt, epoch ms. */
export async function ingestEvents(
  body: unknown,
  {
    events,
    weights,
    now,
  }: { readonly events: EventStore; readonly weights: Config['events']['weights']; readonly now: number },
): Promise<EventsReceipt> {
  const receipt = new Date(now).toISOString();
  const { good, rejected } = await eventBatch.check(body, (event) => faultOf(event, weights, now));
  const stored = good.map((event): StoredEvent =>
    event.at === undefined ? { ...event, at: receipt } : (event as StoredEvent),
  );
  const { created } = stored.length > 0 ? await events.append(stored) : { created: [] };
  const accepted = created.reduce((sum, fresh) => sum + (fresh ? 1 : 0), 0);
  return { accepted, duplicates: created.length - accepted, rejected: [...rejected] };
}

function faultOf(event: EventInput, weights: Config['events']['weights'], now: number): RowFault | undefined {
  if (!BUILT_IN.has(event.type) && !Object.hasOwn(weights, event.type)) {
    const message = `unknown event type '${event.type}': use ${EVENT_TYPES.join(', ')}, or give it a weight in attune.config.yaml: events: { weights: { ${event.type}: 1 } }`;
    return { code: 'VALIDATION_FAILED', message, member: 'type' };
  }
  if (event.at === undefined || !isAhead(event.at, now)) return undefined;
  return {
    code: 'AT_IN_FUTURE',
    message: `'${event.at}' is more than 5 minutes ahead of the server's clock`,
    member: 'at',
  };
}
