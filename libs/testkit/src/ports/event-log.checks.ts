import assert from 'node:assert/strict';
import type { EventStore, StoredEvent } from '@attune/sdk';
import { eventAt, MINUTE, START } from './samples.js';
import { eventCount, knownUsers, userOf } from './reading.js';

const END = START + 1_000 * MINUTE;

/** What an event store must do as a log: give back, forget, tell; each on an empty store. */
export const eventLogChecks: readonly (readonly [string, (store: EventStore) => Promise<void>])[] = [
  ['a scan gives every event as it was sent, in order of arrival, in pages', scanning],
  ['a scan has what was acknowledged before it, and is not disturbed by what comes meanwhile', scanUnderWrites],
  ['listeners are told of each stored event once, in order, after it shows', listeners],
  ['a stored join without an item counts nowhere', identify],
  ['known users and their anonymous ids', people],
  ["a user's events are his own and those of his anonymous ids", exported],
  ['training leaves out who is not admitted, with all joined to him', admitted],
  ['an erased user is in no answer, the others are as before', erasure],
  ["an erased user's ids start afresh", afresh],
  ['appends made while a user is erased are stored once each', appendsMeanwhile],
  ['training that reads while a user is erased knows nothing of him', trainingMeanwhile],
  ['users erased at the same time are all gone', together],
];

async function scanned(store: EventStore): Promise<readonly StoredEvent[]> {
  const events: StoredEvent[] = [];
  await store.refresh();
  for await (const page of store.scan()) {
    assert.ok(page.length <= 1_000);
    events.push(...page);
  }
  return events;
}

const idsOf = (events: readonly StoredEvent[]): readonly string[] => events.map(({ id }) => id);

async function scanning(store: EventStore): Promise<void> {
  assert.deepEqual(await scanned(store), []);
  const rich = eventAt(5, { id: 'ü/🙂', type: 'search', query: 'a "b"\n', context: { n: 1, s: '\u2028', b: true } });
  const many = Array.from({ length: 2_500 }, (_, n) => eventAt(n % 7, { id: `e${n}`, itemIds: ['a', `i${n}`] }));
  await store.append([rich, rich]);
  await store.append(many);
  await store.append([many[0]!]);
  assert.deepEqual(await scanned(store), [rich, ...many]);
}

async function scanUnderWrites(store: EventStore): Promise<void> {
  await store.append(Array.from({ length: 3_000 }, (_, n) => eventAt(n, { id: `e${n}` })));
  await store.refresh();
  const seen: StoredEvent[] = [];
  for await (const page of store.scan()) {
    seen.push(...page);
    await store.append([eventAt(0, { id: `late${seen.length}` })]);
  }
  assert.deepEqual(
    idsOf(seen).slice(0, 3_000),
    Array.from({ length: 3_000 }, (_, n) => `e${n}`),
  );
  assert.equal(new Set(idsOf(seen)).size, seen.length);
}

async function listeners(store: EventStore): Promise<void> {
  const told: string[] = [];
  const shown: Promise<boolean>[] = [];
  const end = store.onAppend(({ id, itemId = '' }) => {
    shown.push(store.history({ userId: 'ann' }, END).then(({ items }) => items.includes(itemId)));
    told.push(id);
  });
  const endFailing = store.onAppend(() => {
    throw new Error('a listener that fails');
  });
  const event = (id: string): StoredEvent => eventAt(0, { id, itemId: id });
  await Promise.all([store.append([event('e1'), event('e2'), event('e1')]), store.append([event('e2'), event('e3')])]);
  endFailing();
  end();
  await store.append([event('e4')]);
  assert.deepEqual(told, ['e1', 'e2', 'e3']);
  assert.ok((await Promise.all(shown)).every(Boolean), 'told once it shows');
}

async function identify(store: EventStore): Promise<void> {
  await store.append([
    eventAt(0, { id: 'e1', anonymousId: 'x', itemId: 'a' }),
    eventAt(1, { id: 'e2', type: 'identify', userId: 'ann', anonymousId: 'x' }),
  ]);
  assert.equal(await userOf(store, 'x', END), 'ann');
  assert.deepEqual((await store.history({ userId: 'ann' }, END)).items, ['a', '']);
  const query = { types: ['view', 'identify'], from: -Infinity, to: END };
  await store.refresh();
  assert.equal((await store.window(query)).total, 1);
  const data = await store.trainingData();
  assert.deepEqual([data.size, data.typeNames, data.userIds], [1, ['view'], ['ann']]);
}

async function people(store: EventStore): Promise<void> {
  assert.deepEqual([await knownUsers(store), await store.anonymousIdsOf('ann')], [[], []]);
  await store.append([
    eventAt(9, { id: 'e1', userId: 'bob', anonymousId: 'x' }),
    eventAt(1, { id: 'e2', userId: 'ann', anonymousId: 'x' }),
    eventAt(1, { id: 'e3', userId: 'ann', anonymousId: 'y' }),
    eventAt(0, { id: 'e4', anonymousId: 'z' }),
  ]);
  assert.deepEqual(await knownUsers(store), ['ann', 'bob']);
  assert.deepEqual(await Promise.all(['ann', 'bob', 'x'].map((id) => store.anonymousIdsOf(id))), [['y'], ['x'], []]);
}

/** `ann` with the anonymous ids `x` and `y`, once hers and now bob's; `bob`, who used `x` before her; `z`, nobody's. */
const SHARED = [
  eventAt(0, { id: 'x0', anonymousId: 'x', itemId: 'a' }),
  eventAt(1, { id: 'bob1', userId: 'bob', anonymousId: 'x', itemId: 'b' }),
  eventAt(2, { id: 'ann2', userId: 'ann', anonymousId: 'x', itemId: 'c', query: 'lamp' }),
  eventAt(3, { id: 'x3', anonymousId: 'x', itemId: 'd' }),
  eventAt(4, { id: 'ann4', userId: 'ann', anonymousId: 'y', itemId: 'e' }),
  eventAt(5, { id: 'bob5', userId: 'bob', anonymousId: 'y', itemId: 'f' }),
  eventAt(6, { id: 'y6', anonymousId: 'y', itemId: 'g' }),
  eventAt(7, { id: 'z7', anonymousId: 'z', itemId: 'a' }),
  eventAt(8, { id: 'ann8', itemIds: ['a', 'b'], type: 'purchase' }),
];

async function exported(store: EventStore): Promise<void> {
  await store.append(SHARED);
  await store.refresh();
  assert.deepEqual(idsOf(await store.eventsOf('ann')), ['x0', 'ann2', 'x3', 'ann4', 'ann8']);
  assert.deepEqual(await store.eventsOf('bob'), [SHARED[1], SHARED[5], SHARED[6]]);
  assert.deepEqual(await store.eventsOf('nobody'), []);
}

async function admitted(store: EventStore): Promise<void> {
  await store.append(SHARED);
  await store.refresh();
  const data = await store.trainingData((userId) => userId !== 'ann');
  assert.deepEqual(data.userIds, ['bob', 'anonymous:z']);
  assert.deepEqual(
    Array.from(data.items, (row) => data.itemIds[row]),
    ['b', 'f', 'g', 'a'],
  );
  assert.deepEqual(data.typeNames, ['view']);
}

async function erasure(store: EventStore): Promise<void> {
  await store.append(SHARED);
  await store.refresh();
  assert.deepEqual(await store.erase('ann'), { events: 5, anonymousIds: ['x'] });
  assert.deepEqual(idsOf(await scanned(store)), ['bob1', 'bob5', 'y6', 'z7']);
  assert.equal(await eventCount(store), 4);
  assert.deepEqual([await knownUsers(store), await store.eventsOf('ann')], [['bob'], []]);
  assert.equal((await store.history({ userId: 'ann', anonymousId: 'x' }, END)).size, 0);
  assert.equal((await store.session({ userId: 'ann' }, START + 8 * MINUTE)).size, 0);
  assert.deepEqual((await store.history({ userId: 'bob' }, END)).items, ['b', 'f', 'g']);
  assert.equal(await userOf(store, 'x', END), undefined, 'an erased id is not handed to who used it before');
  await store.refresh();
  const { total, vocabulary } = await store.window({ types: ['view', 'purchase'], from: -Infinity, to: END });
  assert.deepEqual([total, vocabulary.row('c'), vocabulary.row('d'), vocabulary.row('e')], [4, -1, -1, -1]);
  assert.deepEqual((await store.trainingData()).userIds, ['bob', 'anonymous:z']);
  assert.deepEqual(await store.erase('ann'), { events: 0, anonymousIds: [] });
  assert.deepEqual(await store.erase('nobody'), { events: 0, anonymousIds: [] });
}

async function afresh(store: EventStore): Promise<void> {
  const event = eventAt(0, { id: 'e1', userId: 'ann', anonymousId: 'x', itemId: 'a' });
  await store.append([event, eventAt(0, { id: 'e2', userId: 'bob', itemId: 'b' })]);
  await store.erase('ann');
  assert.deepEqual((await store.append([event])).created, [true], 'an erased event id is free again');
  await store.append([eventAt(1, { id: 'e3', anonymousId: 'x', itemId: 'c' })]);
  assert.deepEqual((await store.history({ userId: 'ann' }, END)).items, ['a', 'c']);
  assert.equal(await store.someUser(), 'ann');
}

async function appendsMeanwhile(store: EventStore): Promise<void> {
  const batch = (n: number): readonly StoredEvent[] =>
    ['ann', 'bob'].map((userId) => eventAt(n, { id: `${userId}${n}`, userId, itemId: `i${n}` }));
  const before = Array.from({ length: 20 }, (_, n) => store.append(batch(n)));
  const erased = store.erase('ann');
  // Some call for what is on its way already, or about to be erased.
  const after = Array.from({ length: 20 }, (_, n) => store.append(batch(n + 15)));
  await Promise.all(before);
  const late: Promise<unknown>[] = [];
  for (let n = 0; n < 20; n++) late.push(store.append(batch(n + 30)));
  const { events } = await erased;
  await Promise.all([...after, ...late]);
  assert.equal(events, 20, 'what was called before is erased, what was called after is not');
  const numbers = (from: number): readonly string[] => Array.from({ length: 50 - from }, (_, n) => `i${n + from}`);
  assert.deepEqual((await store.history({ userId: 'bob' }, END)).items, numbers(0));
  assert.deepEqual((await store.history({ userId: 'ann' }, END)).items, numbers(20));
  const ids = idsOf(await scanned(store));
  assert.deepEqual([ids.length, new Set(ids).size, await eventCount(store)], [80, 80, 80]);
}

async function trainingMeanwhile(store: EventStore): Promise<void> {
  await store.append(
    Array.from({ length: 5_000 }, (_, n) => eventAt(n % 900, { id: `e${n}`, userId: `u${n % 10}`, itemId: 'a' })),
  );
  let over = false;
  const erasing = store.erase('u3').then(({ events }) => {
    over = true;
    return events;
  });
  const readings = [store.trainingData(), store.trainingData()].map(async (reading) => {
    const { size, userIds } = await reading;
    assert.equal(size, userIds.includes('u3') ? 5_000 : 4_500);
    assert.ok(!over || !userIds.includes('u3'), 'once erased, no answer has the user');
  });
  await Promise.all(readings);
  assert.equal(await erasing, 500);
  assert.equal((await store.trainingData()).userIds.includes('u3'), false);
}

async function together(store: EventStore): Promise<void> {
  await store.append(
    Array.from({ length: 40 }, (_, n) => eventAt(n, { id: `e${n}`, userId: `u${n % 4}`, itemId: `i${n}` })),
  );
  const receipts = await Promise.all(['u0', 'u2', 'u0', 'u1'].map((userId) => store.erase(userId)));
  assert.deepEqual(
    receipts.map(({ events }) => events),
    [10, 10, 0, 10],
  );
  assert.deepEqual([await knownUsers(store), await eventCount(store)], [['u3'], 10]);
}
