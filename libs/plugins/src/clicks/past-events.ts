import type { TrainingData } from '@attune/sdk';
import type { FieldOptions } from './field-options.js';

/** Someone's events, oldest first, by their place. */
export interface PastEvents {
  readonly size: number;
  item(place: number): string;
  type(place: number): string;
  at(place: number): number;
}

/** The newest distinct items of someone before a moment, newest first. */
export function latestItems(
  events: PastEvents,
  before: number,
  { history, types }: Pick<FieldOptions, 'history' | 'types'>,
): readonly string[] {
  const found = new Set<string>();
  for (let i = events.size - 1; i >= 0 && found.size < history; i--) {
    if (events.at(i) >= before || !types.includes(events.type(i))) continue;
    const item = events.item(i);
    if (item !== '') found.add(item);
  }
  return [...found];
}

/** Each user's events, oldest first; none of −1. */
export function eventsByUser({ size, users, items, types, at, userIds, itemIds, typeNames }: TrainingData) {
  const starts = new Int32Array(userIds.length + 1);
  for (let e = 0; e < size; e++) starts[users[e]! + 1]! += 1;
  for (let user = 0; user < userIds.length; user++) starts[user + 1]! += starts[user]!;
  const next = starts.slice();
  const events = new Int32Array(size);
  for (let e = 0; e < size; e++) events[next[users[e]!]!++] = e;
  return (user: number): PastEvents => {
    const own = user < 0 ? events.subarray(0, 0) : events.subarray(starts[user], starts[user + 1]);
    return {
      size: own.length,
      item: (place) => itemIds[items[own[place]!]!]!,
      type: (place) => typeNames[types[own[place]!]!]!,
      at: (place) => at[own[place]!]!,
    };
  };
}
