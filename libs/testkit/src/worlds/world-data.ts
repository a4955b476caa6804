import {
  eventColumns,
  ExposureColumns,
  itemPart,
  itemsOf,
  NO_EVENTS,
  type EventColumns,
  type Item,
  type Plugin,
  type ShownSlate,
  type StoredEvent,
  type TrainingData,
  type VectorBlock,
} from '@attune/sdk';
import type { World } from './world.js';

const SESSION_GAP_MS = 30 * 60_000;

/** Everything a user did in a world up to `at` (inclusive, epoch ms); empty for strangers. */
export function historyOf(world: World, userId: string | undefined, at: number = world.now): EventColumns {
  if (userId === undefined) return NO_EVENTS;
  return columnsOf(world.events.filter((event) => event.userId === userId && Date.parse(event.at) <= at));
}

/** The end of a history whose events lie at most 30 minutes apart, up to `at`. */
export function sessionOf(history: EventColumns, at: number): EventColumns {
  let start = history.size;
  for (let next = at; start > 0 && next - history.at[start - 1]! <= SESSION_GAP_MS; start--)
    next = history.at[start - 1]!;
  return eventColumns({
    items: history.items.slice(start),
    types: history.types.slice(start),
    at: history.at.slice(start),
    values: history.values.slice(start),
  });
}

/** The event log of a world with all that a trainer may declare to learn from. */
export function trainingDataOf(world: World): TrainingData {
  const rows = world.events.flatMap((event) => itemsOf(event).map((itemId) => ({ event, itemId })));
  const users = axis(rows.map(({ event }) => event.userId ?? ''));
  const items = axis(rows.map(({ itemId }) => itemId));
  const types = axis(rows.map(({ event }) => event.type));
  const log: TrainingData = {
    size: rows.length,
    users: Int32Array.from(users.rows),
    items: Int32Array.from(items.rows),
    types: Uint8Array.from(types.rows),
    at: Float64Array.from(rows, ({ event }) => Date.parse(event.at)),
    values: Float32Array.from(rows, ({ event }) => event.value ?? NaN),
    userIds: users.names,
    itemIds: items.names,
    typeNames: types.names,
    ...(world.candidates && { candidates: world.candidates }),
  };
  return described(world, withShown(world, log));
}

/** With what slates showed, and all that their requests said of the context. */
function withShown({ shown }: World, log: TrainingData): TrainingData {
  if (shown === undefined) return log;
  const keys = [...new Set(shown.flatMap(({ context }) => Object.keys(context)))];
  const columns = new ExposureColumns(log, keys);
  for (const slate of shown) columns.add(slate);
  return columns.collected();
}

/** With what is known of users and items beside their events. */
function described(world: World, data: TrainingData): TrainingData {
  const { users, items, spaces } = world;
  const userOf = new Map(users?.map((user) => [user.id, user]));
  const itemOf = new Map(items.map((item) => [item.id, item]));
  return {
    ...data,
    ...(users && { userAttributes: data.userIds.map((id) => userOf.get(id)?.attributes) }),
    itemAttributes: data.itemIds.map((id) => itemOf.get(id)),
    ...(spaces.size > 0 && { itemVectors: vectorsOf(world, data.itemIds) }),
  };
}

/** Vectors of items by space; NaN where the world has none. */
function vectorsOf({ items, spaces }: World, ids: readonly string[]): Record<string, VectorBlock> {
  const rowOf = new Map(items.map(({ id }, row) => [id, row]));
  const blocks = Array.from(spaces, ([space, block]): [string, VectorBlock] => {
    const data = new Float32Array(ids.length * block.dims).fill(NaN);
    ids.forEach((id, at) => {
      const row = rowOf.get(id);
      if (row !== undefined) data.set(block.data.subarray(row * block.dims, (row + 1) * block.dims), at * block.dims);
    });
    return [space, { ...block, rows: ids.length, data }];
  });
  return Object.fromEntries(blocks);
}

/** The event log of a world as this trainer gets it: with what it declares to learn from, and nothing else. */
export function learnableDataOf(
  world: World,
  { itemVectors, learnsFrom }: Pick<Plugin, 'itemVectors' | 'learnsFrom'>,
  config: unknown,
): TrainingData {
  const { exposures, itemAttributes: paths } = learnsFrom(config);
  const { shown = [], ...unseen } = world;
  const seen = exposures !== undefined && world.shown !== undefined;
  const all = trainingDataOf(
    seen ? { ...unseen, shown: shown.map((one) => narrowed(one, exposures.context)) } : unseen,
  );
  const { itemAttributes = [], itemVectors: blocks = {}, ...log } = all;
  const read = Object.entries(blocks).filter(([space]) => itemVectors.includes(space));
  return {
    ...log,
    ...(paths && { itemAttributes: itemAttributes.map((item) => item && itemPart(item as Item, paths)) }),
    ...(read.length > 0 && { itemVectors: Object.fromEntries(read) }),
  };
}

/** A slate with these keys of its context. */
const narrowed = (slate: ShownSlate, keys: readonly string[]): ShownSlate => ({
  ...slate,
  context: Object.fromEntries(Object.entries(slate.context).filter(([key]) => keys.includes(key))),
});

/** A log without events: what a trainer meets on the first day. */
export const NO_TRAINING_DATA: TrainingData = {
  size: 0,
  users: new Int32Array(0),
  items: new Int32Array(0),
  types: new Uint8Array(0),
  at: new Float64Array(0),
  values: new Float32Array(0),
  userIds: [],
  itemIds: [],
  typeNames: [],
};

function columnsOf(events: readonly StoredEvent[]): EventColumns {
  const rows = events.flatMap((event) => {
    const items = itemsOf(event);
    return (items.length === 0 ? [''] : items).map((item) => ({ item, event }));
  });
  return eventColumns({
    items: rows.map(({ item }) => item),
    types: rows.map(({ event }) => event.type),
    at: Float64Array.from(rows, ({ event }) => Date.parse(event.at)),
    values: Float32Array.from(rows, ({ event }) => event.value ?? NaN),
  });
}

/** Distinct names in order of first occurrence, and the row of each value. */
function axis(values: readonly string[]): { readonly names: readonly string[]; readonly rows: readonly number[] } {
  const seen = new Map<string, number>();
  const rows = values.map((value) => {
    const row = seen.get(value) ?? seen.size;
    seen.set(value, row);
    return row;
  });
  return { names: [...seen.keys()], rows };
}
