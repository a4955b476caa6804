import type { EventLog, FoundEvent } from '../../elasticsearch/events/event-log.js';
import type { Arrived } from '../followed.js';

/** Events that name a slate, and searches, from a place in the order of arrival on. */
export async function* followedEvents(
  log: Pick<EventLog, 'scan'>,
  from: string,
): AsyncGenerator<readonly (FoundEvent & Arrived)[]> {
  const wanted = [{ exists: { field: 'slateId' } }, { term: { type: 'search' } }];
  const query = {
    bool: { filter: [{ range: { arrival: { gte: from } } }], should: wanted, minimum_should_match: 1 },
  };
  for await (const page of log.scan(query)) yield page.map((found) => ({ ...found, id: found.event.id }));
}
