import { itemsOf, type StoredEvent } from '@attune/sdk';
import type { LoggedEvent } from '../../distributed/events/subject.js';
import type { IndexDefinition } from '../ensure-index.js';

const DAY_MS = 86_400_000;

/** The fields of an event. Every document has `json`, the event as it was sent, of which nothing is indexed. */
export const EVENT_INDEX: IndexDefinition = {
  version: 1,
  properties: {
    id: { type: 'keyword' },
    type: { type: 'keyword' },
    userId: { type: 'keyword' },
    anonymousId: { type: 'keyword' },
    sessionId: { type: 'keyword' },
    slateId: { type: 'keyword' },
    items: { type: 'keyword' },
    repeats: { type: 'keyword' },
    at: { type: 'date', format: 'epoch_millis' },
    value: { type: 'double' },
    arrival: { type: 'keyword' },
  },
};

/** What is read back of a document. */
export interface EventDocument {
  readonly arrival: string;
  readonly json: string;
}

/** What a hit must bring along for `loggedOf`. */
export const LOGGED_FIELDS = ['arrival', 'json'];

export function documentOf({ arrival, event }: LoggedEvent): EventDocument & Readonly<Record<string, unknown>> {
  const { id, type, userId, anonymousId, sessionId, slateId, value } = event;
  const items = itemsOf(event);
  const fields = { id, type, userId, anonymousId, sessionId, slateId, value, at: Date.parse(event.at) };
  return { ...fields, items: [...new Set(items)], repeats: repeatsOf(items), arrival, json: JSON.stringify(event) };
}

/** Throws where a document is none of ours. */
export function loggedOf(source: Partial<EventDocument> | undefined): LoggedEvent {
  const { arrival, json } = source ?? {};
  if (typeof arrival !== 'string' || typeof json !== 'string') throw new TypeError('the log holds what is no event');
  return { arrival, event: JSON.parse(json) as StoredEvent };
}

/**
 * Elasticsearch counts an item once a document. Where an event names it again, `<n>:<item>` stands for its n-th time, so
 * that these can be counted too.
 */
function repeatsOf(items: readonly string[]): readonly string[] | undefined {
  const times = new Map<string, number>();
  const repeats: string[] = [];
  for (const item of items) {
    const time = (times.get(item) ?? 0) + 1;
    times.set(item, time);
    if (time > 1) repeats.push(`${time}:${item}`);
  }
  return repeats.length === 0 ? undefined : repeats;
}

/** The item that a repeat is of. */
export const repeatedItem = (repeat: string): string => repeat.slice(repeat.indexOf(':') + 1);

/** The month that a time lies in, as in the names of indices: `2026.11`. */
export function monthOf(at: number): string {
  return new Date(at).toISOString().slice(0, 7).replace('-', '.');
}

/** The month next to that of a time, where it is less than a day away. */
export function neighborMonth(at: number): string | undefined {
  const month = monthOf(at);
  return [at - DAY_MS, at + DAY_MS].map(monthOf).find((other) => other !== month);
}
