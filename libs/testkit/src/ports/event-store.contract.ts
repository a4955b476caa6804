import assert from 'node:assert/strict';
import type { EventStore } from '@attune/sdk';
import type { Check } from '../contract/check.js';
import { eventLogChecks } from './event-log.checks.js';
import { eventAt, MINUTE, START } from './samples.js';
import { eventCount, refreshed, userOf } from './reading.js';

const END = START + 1_000 * MINUTE;
const FIRST = -Infinity;

/** What every event store must do; `open` gives an empty one whose clock stands at `START` + 1,000 minutes. */
export function eventStoreContract(open: () => Promise<EventStore>): readonly Check[] {
  const check = (name: string, run: (store: EventStore) => Promise<void>): Check => ({
    name,
    run: async () => await run(refreshed(await open())),
  });
  return [
    check('an appended event is in the very next history', seenAtOnce),
    check('an id counts once, in one call and in two', idempotent),
    check('concurrent calls with one id create it once and both find it stored', concurrent),
    check('an event on several items makes an entry each, one without items an empty one', entries),
    check('late events take their place in time, equal times the order of arrival', lateEvents),
    check('a history ends with `at`, inclusive: the future is not seen', future),
    check('joined anonymous ids belong to the user from the join on', joins),
    check('the newest join wins, and an id joined to another is not read', newestJoin),
    check('a session goes by its id, else by pauses of 30 minutes', sessions),
    check('counts are exact for any window and types, and snapshots do not change', counts),
    check('a vocabulary handed out does not grow', vocabularies),
    check('an example user is a known one with items', exampleUser),
    check('training data is sorted by time, with joined persons as one', training),
    ...eventLogChecks.map(([name, run]) => check(name, run)),
  ];
}

async function seenAtOnce(store: EventStore): Promise<void> {
  const result = await store.append([eventAt(0, { id: 'e1', itemId: 'a', value: 4 })]);
  assert.deepEqual(result.created, [true]);
  const history = await store.history({ userId: 'ann' }, END);
  assert.deepEqual([history.size, history.items, history.types], [1, ['a'], ['view']]);
  assert.deepEqual([history.at[0], history.values[0]], [START, 4]);
  assert.equal((await store.history({ userId: 'bob' }, END)).size, 0);
  assert.equal((await store.history({}, END)).size, 0);
  assert.equal(
    await store.history({ userId: 'ann' }, END),
    history,
    'the same answer is the same object while nothing changes',
  );
}

async function idempotent(store: EventStore): Promise<void> {
  const event = eventAt(0, { id: 'e1', itemId: 'a' });
  assert.deepEqual((await store.append([event, event])).created, [true, false]);
  assert.deepEqual((await store.append([event, eventAt(1, { id: 'e2', itemId: 'b' })])).created, [false, true]);
  assert.equal(await eventCount(store), 2);
  assert.deepEqual((await store.history({ userId: 'ann' }, END)).items, ['a', 'b']);
}

async function concurrent(store: EventStore): Promise<void> {
  const event = eventAt(0, { id: 'e1', itemId: 'a' });
  const answers = Array.from({ length: 5 }, async () => {
    const { created } = await store.append([event]);
    assert.equal((await store.history({ userId: 'ann' }, END)).size, 1, 'stored when the call returns');
    return created[0];
  });
  assert.deepEqual((await Promise.all(answers)).filter((created) => created).length, 1);
}

async function entries(store: EventStore): Promise<void> {
  await store.append([
    eventAt(0, { id: 'e1', type: 'purchase', itemIds: ['a', 'b'] }),
    eventAt(1, { id: 'e2', type: 'search', query: 'lamp' }),
  ]);
  const history = await store.history({ userId: 'ann' }, END);
  assert.deepEqual(history.items, ['a', 'b', '']);
  assert.deepEqual([...history.at], [START, START, START + MINUTE]);
  assert.ok(Number.isNaN(history.values[0]));
  const rows = history.rows({ size: 1, row: (id) => (id === 'b' ? 0 : -1), id: () => 'b' });
  assert.deepEqual([...rows], [-1, 0, -1]);
}

async function lateEvents(store: EventStore): Promise<void> {
  await store.append([eventAt(5, { id: 'e1', itemId: 'a' }), eventAt(5, { id: 'e2', itemId: 'b' })]);
  assert.equal((await store.history({ userId: 'ann' }, END)).size, 2);
  await store.append([eventAt(1, { id: 'e3', itemId: 'c' }), eventAt(5, { id: 'e4', itemId: 'd' })]);
  assert.deepEqual((await store.history({ userId: 'ann' }, END)).items, ['c', 'a', 'b', 'd']);
}

async function future(store: EventStore): Promise<void> {
  await store.append([eventAt(1, { id: 'e1', itemId: 'a' }), eventAt(9, { id: 'e2', itemId: 'b' })]);
  const who = { userId: 'ann' };
  assert.equal((await store.history(who, START + MINUTE - 1)).size, 0);
  assert.deepEqual((await store.history(who, START + MINUTE)).items, ['a']);
  assert.deepEqual((await store.history(who, START + 9 * MINUTE)).items, ['a', 'b']);
  assert.deepEqual((await store.session(who, START + 5 * MINUTE)).items, ['a']);
}

async function joins(store: EventStore): Promise<void> {
  await store.append([
    eventAt(0, { id: 'e1', anonymousId: 'x', itemId: 'a' }),
    eventAt(1, { id: 'e2', userId: 'ann', itemId: 'b' }),
    eventAt(3, { id: 'e3', userId: 'ann', anonymousId: 'x', itemId: 'c' }),
    eventAt(4, { id: 'e4', anonymousId: 'x', itemId: 'd' }),
  ]);
  const itemsAt = async (who: Parameters<EventStore['history']>[0], minute: number): Promise<readonly string[]> =>
    (await store.history(who, START + minute * MINUTE)).items;
  assert.deepEqual(await itemsAt({ userId: 'ann' }, 2), ['b']);
  assert.deepEqual(
    await itemsAt({ userId: 'ann', anonymousId: 'x' }, 2),
    ['a', 'b'],
    'the id of the request, joined to nobody yet',
  );
  assert.deepEqual(await itemsAt({ anonymousId: 'x' }, 2), ['a']);
  assert.deepEqual(await itemsAt({ userId: 'ann' }, 4), ['a', 'b', 'c', 'd']);
  assert.deepEqual(await itemsAt({ anonymousId: 'x' }, 4), ['a', 'b', 'c', 'd']);
  assert.deepEqual(
    [await userOf(store, 'x', START), ...(await store.usersOf(['x', 'y'], END))],
    [undefined, 'ann', undefined],
  );
}

async function newestJoin(store: EventStore): Promise<void> {
  await store.append([
    eventAt(0, { id: 'e1', anonymousId: 'x', itemId: 'a' }),
    eventAt(9, { id: 'e2', userId: 'ann', anonymousId: 'x', itemId: 'b' }),
    eventAt(2, { id: 'e3', userId: 'ann', anonymousId: 'x', itemId: 'c' }),
    // Late, and between two joins to another: it holds for as long as it was the newest.
    eventAt(5, { id: 'e4', userId: 'bob', anonymousId: 'x', itemId: 'd' }),
  ]);
  const moved = eventAt(20, { id: 'e5', userId: 'cat', anonymousId: 'y' });
  await store.append([
    eventAt(1, { id: 'e6', userId: 'dan', anonymousId: 'y' }),
    eventAt(2, { id: 'e7', anonymousId: 'y' }),
  ]);
  assert.equal((await store.history({ userId: 'dan' }, END)).size, 2);
  await store.append([moved]);
  assert.deepEqual(
    [(await store.history({ userId: 'dan' }, END)).size, (await store.history({ userId: 'cat' }, END)).size],
    [1, 2],
  );
  const owners = await Promise.all([1, 3, 6, 10].map((minute) => userOf(store, 'x', START + minute * MINUTE)));
  assert.deepEqual(owners, [undefined, 'ann', 'bob', 'ann']);
  assert.deepEqual((await store.history({ userId: 'bob', anonymousId: 'x' }, END)).items, ['d']);
  assert.deepEqual((await store.history({ userId: 'bob' }, START + 6 * MINUTE)).items, ['a', 'd']);
  assert.deepEqual((await store.history({ userId: 'ann' }, START + 6 * MINUTE)).items, ['c']);
  assert.deepEqual((await store.history({ userId: 'ann' }, END)).items, ['a', 'c', 'b']);
}

async function sessions(store: EventStore): Promise<void> {
  await store.append([
    eventAt(0, { id: 'e1', itemId: 'a', sessionId: 's1' }),
    eventAt(31, { id: 'e2', itemId: 'b', sessionId: 's2' }),
    eventAt(61, { id: 'e3', itemId: 'c', sessionId: 's1' }),
  ]);
  const sessionAt = async (minute: number, sessionId?: string): Promise<readonly string[]> =>
    (await store.session({ userId: 'ann', sessionId }, START + minute * MINUTE)).items;
  assert.deepEqual(await sessionAt(70), ['b', 'c']);
  assert.deepEqual(await sessionAt(91), ['b', 'c'], '30 minutes are still the same session');
  assert.deepEqual(await sessionAt(92), []);
  assert.deepEqual(await sessionAt(31), ['b']);
  assert.deepEqual(await sessionAt(70, 's1'), ['a', 'c']);
  assert.deepEqual(await sessionAt(40, 's1'), ['a']);
  assert.deepEqual(await sessionAt(70, 'elsewhere'), []);
}

async function countOf(
  store: EventStore,
  types: readonly string[],
  from: number,
  to: number,
): Promise<Record<string, number>> {
  await store.refresh();
  const { vocabulary, byRow, total } = await store.window({ types, from, to });
  assert.equal(byRow.length, vocabulary.size);
  assert.equal(
    byRow.reduce((sum, count) => sum + count, 0),
    total,
  );
  return Object.fromEntries([...byRow].map((count, row) => [vocabulary.id(row), count]));
}

async function counts(store: EventStore): Promise<void> {
  await store.append([
    eventAt(0, { id: 'e1', type: 'purchase', itemIds: ['a', 'b'] }),
    eventAt(10, { id: 'e2', type: 'purchase', itemId: 'a' }),
    eventAt(10, { id: 'e3', type: 'view', itemId: 'b' }),
    eventAt(10, { id: 'e4', type: 'search', query: 'lamp' }),
  ]);
  assert.deepEqual(await countOf(store, ['purchase'], FIRST, END), { a: 2, b: 1 });
  assert.deepEqual(await countOf(store, ['purchase', 'view'], FIRST, END), { a: 2, b: 2 });
  assert.deepEqual(
    await countOf(store, ['purchase'], START, START + 10 * MINUTE),
    { a: 1, b: 0 },
    'from is exclusive, to inclusive',
  );
  assert.deepEqual(await countOf(store, ['nothing'], FIRST, END), { a: 0, b: 0 });
  assert.deepEqual(await countOf(store, ['view'], END, START), { a: 0, b: 0 });
  const view = ['view', 'purchase'];
  assert.deepEqual(await countOf(store, view, START, END), { a: 1, b: 1 });
  await store.append([eventAt(0, { id: 'late', itemId: 'b' }), eventAt(10, { id: 'in time', itemId: 'b' })]);
  assert.deepEqual(await countOf(store, view, START, END), { a: 1, b: 2 }, 'a late event on the edge stays outside');
  const before = await store.window({ types: ['purchase'], from: FIRST, to: END });
  const copy = [...before.byRow];
  await store.append([eventAt(5, { id: 'e5', type: 'purchase', itemId: 'b' })]);
  assert.deepEqual(await countOf(store, ['purchase'], FIRST, END), { a: 2, b: 2 });
  assert.deepEqual([...before.byRow], copy);
}

async function vocabularies(store: EventStore): Promise<void> {
  await store.append([eventAt(0, { id: 'e1', itemId: 'a' })]);
  const query = { types: ['view'], from: FIRST, to: END };
  const { vocabulary } = await store.window(query);
  assert.equal(
    (await store.window({ ...query, from: START })).vocabulary,
    vocabulary,
    'one object while nothing is new',
  );
  await store.append([eventAt(1, { id: 'e2', itemId: 'b' })]);
  assert.deepEqual([vocabulary.size, vocabulary.row('a'), vocabulary.row('b')], [1, 0, -1]);
  assert.throws(() => vocabulary.id(1), RangeError);
  assert.equal((await store.window(query)).vocabulary.row('b'), 1);
}

async function exampleUser(store: EventStore): Promise<void> {
  assert.equal(await store.someUser(), undefined);
  await store.append([
    eventAt(0, { id: 'e1', itemId: 'a' }),
    eventAt(1, { id: 'e2', anonymousId: 'x', itemId: 'a' }),
    eventAt(2, { id: 'e3', userId: 'bob', type: 'search', query: 'lamp' }),
  ]);
  assert.equal(await store.someUser(), 'ann');
}

async function training(store: EventStore): Promise<void> {
  await store.append([
    eventAt(2, { id: 'e1', type: 'purchase', itemIds: ['a', 'b'], value: 3 }),
    eventAt(1, { id: 'e2', anonymousId: 'x', itemId: 'b' }),
    eventAt(3, { id: 'e3', userId: 'ann', anonymousId: 'x', type: 'search', query: 'lamp' }),
    eventAt(0, { id: 'e4', anonymousId: 'y', itemId: 'c' }),
    eventAt(2_000, { id: 'e5', itemId: 'from the future' }),
  ]);
  assert.equal((await store.trainingData()).size, 4);
  await store.append([eventAt(1, { id: 'e6', itemId: 'd' })]);
  const data = await store.trainingData();
  assert.equal(data.size, 5);
  assert.deepEqual(
    [...data.at].map((at) => (at - START) / MINUTE),
    [0, 1, 1, 2, 2],
  );
  const names = (rows: Int32Array | Uint8Array, list: readonly string[]): string[] =>
    Array.from(rows, (row) => list[row] ?? '?');
  assert.deepEqual(names(data.items, data.itemIds), ['c', 'b', 'd', 'a', 'b']);
  assert.deepEqual(names(data.users, data.userIds), ['anonymous:y', 'ann', 'ann', 'ann', 'ann']);
  assert.deepEqual(names(data.types, data.typeNames), ['view', 'view', 'view', 'purchase', 'purchase']);
  assert.deepEqual([...data.values], [NaN, NaN, NaN, 3, 3]);
}
