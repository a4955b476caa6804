import { interestsAfter, type InterestEvent, type InterestFacts } from '@attune/language/understanding';
import { itemsOf, type StoredEvent, type TenantStores } from '@attune/sdk';
import type { Config } from '../config/config.schema.js';
import { NO_EDITS, type InterestsRecord } from './interests.record.js';

/** What events weigh unless configuration says otherwise: `purchase` most, what was only looked at least. */
const WEIGHTS: Readonly<Record<string, number>> = {
  ...{ purchase: 5, add_to_cart: 3, like: 3, rating: 2, review: 2 },
  ...{ search: 1, click: 1, view: 1, dislike: -3, hide: -3 },
};
const HALF_LIFE_DAYS = 180;
const NO_RECORD: InterestsRecord = { edits: NO_EDITS, taken: 0 };

export interface RefreshParts {
  readonly stores: Pick<TenantStores, 'events' | 'items'>;
  readonly config: Pick<Config, 'attributes' | 'events'>;
  /** Epoch ms. */
  readonly now: number;
}

/**
 * A user's interests with the events that came since. Made of all his events where the log is no longer as it was: another
 * person's were joined to his, or some were erased.
 */
export async function refreshed(
  userId: string,
  record: InterestsRecord | undefined,
  { stores, config, now }: RefreshParts,
): Promise<InterestsRecord> {
  const events = await stores.events.eventsOf(userId);
  const before =
    record !== undefined && isContinued(record, events)
      ? record
      : { ...NO_RECORD, ...(record && { edits: record.edits }) };
  const fresh = events.slice(before.taken);
  const last = events.at(-1)?.id;
  if (fresh.length === 0 && before.interests !== undefined) return before;
  const interests = interestsAfter(before.interests, fresh.map(interestEvent), {
    items: await itemsIn(fresh, stores.items),
    weights: { ...WEIGHTS, ...config.events.weights },
    attributes: Object.entries(config.attributes).flatMap(([name, { type }]) => (type === 'keyword' ? [name] : [])),
    halfLifeDays: HALF_LIFE_DAYS,
    now,
  });
  return { interests, edits: before.edits, taken: events.length, ...(last !== undefined && { last }) };
}

/** Whether the events that a record was made of are still the first ones. */
const isContinued = ({ interests, taken, last }: InterestsRecord, events: readonly StoredEvent[]): boolean =>
  interests !== undefined && taken <= events.length && events[taken - 1]?.id === last;

/** The words of a review are sent in its context. */
function interestEvent(event: StoredEvent): InterestEvent {
  const { type, at, value, query, context } = event;
  const review = type === 'review' && typeof context?.['text'] === 'string' ? context['text'] : undefined;
  return { type, at: Date.parse(at), itemIds: itemsOf(event), value, query, review };
}

async function itemsIn(
  events: readonly StoredEvent[],
  items: Pick<TenantStores['items'], 'get'>,
): Promise<InterestFacts['items']> {
  const ids = [...new Set(events.flatMap(itemsOf))];
  const found = await items.get(ids);
  return new Map(found.flatMap((item) => (item === undefined ? [] : [[item.id, item] as const])));
}
