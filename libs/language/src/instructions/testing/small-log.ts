import { instructionItem } from '../instruction-item.js';
import type { InstructionLog } from '../shop-log.js';

export const DAY_MS = 86_400_000;

/** An event: who (by number), what (by number), how, on which day, how many stars. */
export interface SmallEvent {
  readonly user: number;
  readonly item: number;
  readonly type: string;
  readonly day: number;
  readonly value?: number | undefined;
}

export const titleOf = (item: number): string => `Thing ${item}`;
export const userIdOf = (user: number): string => `person-${user}-id`;
export const dayOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** A log of events in order of their days; things of the same parity share a category. Person 0 is not told of. */
export function smallLog(unsorted: readonly SmallEvent[], items = 30, users = 6): InstructionLog {
  const events = [...unsorted].sort((a, b) => a.day - b.day);
  const typeNames = [...new Set(events.map(({ type }) => type))];
  return {
    size: events.length,
    users: Int32Array.from(events, ({ user }) => user),
    items: Int32Array.from(events, ({ item }) => item),
    types: Uint8Array.from(events, ({ type }) => typeNames.indexOf(type)),
    at: Float64Array.from(events, ({ day }) => day * DAY_MS),
    values: Float32Array.from(events, ({ value }) => value ?? NaN),
    userIds: Array.from({ length: users }, (_, user) => userIdOf(user)),
    itemIds: Array.from({ length: items }, (_, item) => `item-${item}-id`),
    typeNames,
    described: Array.from({ length: items }, (_, item) =>
      instructionItem({ title: titleOf(item), categories: [item % 2 === 0 ? 'Even' : 'Odd'] }),
    ),
    tells: (user) => user !== 0,
  };
}
