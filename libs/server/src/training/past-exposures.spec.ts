import type { LoggedSlate, StoredEvent, TrainingData } from '@attune/sdk';
import { loggedSlate } from '../testing/logged-slate.js';
import { openScratchStores, type ScratchStores } from '../testing/scratch-stores.js';
import { withExposures, type PastExposuresOptions } from './past-exposures.js';

const NOW = Date.parse('2026-11-21T09:30:00Z');
const MINUTE = 60_000;
const DAY = 86_400_000;

let scratch: ScratchStores;
beforeEach(async () => {
  scratch = await openScratchStores();
});
afterEach(() => scratch.close());

const REQUEST = { call: 'recommend', body: { context: { device: 'phone', visits: 3 } }, page: { from: 0, limit: 10 } };
function show(slateId: string, items: readonly string[], more: Partial<LoggedSlate> = {}): void {
  const at = new Date(NOW - DAY).toISOString();
  scratch.stores.slates.record(loggedSlate(slateId, items, { at, request: REQUEST, ...more }));
}

let events = 0;
const did = (
  type: string,
  slateId: string,
  itemIds: readonly string[],
  more: Partial<StoredEvent> = {},
): StoredEvent => ({
  id: `e${++events}`,
  type,
  userId: 'ann',
  slateId,
  itemIds: [...itemIds],
  at: new Date(NOW - DAY + MINUTE).toISOString(),
  ...more,
});

async function read(all: readonly StoredEvent[], options: Partial<PastExposuresOptions> = {}): Promise<TrainingData> {
  const { stores } = scratch;
  await stores.events.append(all);
  const refusing = options.refusing ?? new Set<string>();
  const data = await stores.events.trainingData((userId) => !refusing.has(userId));
  const { signal } = new AbortController();
  return withExposures(data, stores, { context: ['device'], refusing, signal, ...options });
}

/** A line a row: who, where and what came of it. */
function told({ userIds, itemIds, exposures }: TrainingData): readonly string[] {
  const { offsets, users, items, positions, deeds } = exposures!;
  return Array.from(users, (user, s) =>
    Array.from({ length: offsets[s + 1]! - offsets[s]! }, (_, k) => {
      const row = offsets[s]! + k;
      return `${userIds[user] ?? 'nobody'} ${positions[row]} ${itemIds[items[row]!]} ${deeds[row]}`;
    }),
  ).flat();
}

it('joins what was shown with what came of it, with people and items that have no events', async () => {
  show('s1', ['a', 'b', 'c'], { userId: 'ann' });
  show('s2', ['new', 'a'], { userId: 'bob', surface: 'item', at: new Date(NOW - DAY + 5 * MINUTE).toISOString() });
  show('s3', ['a'], { at: new Date(NOW - DAY + 6 * MINUTE).toISOString() });
  const data = await read([
    did('view', 's1', ['b']),
    did('add_to_cart', 's1', ['b', 'c']),
    did('purchase', 's1', ['c', 'elsewhere']),
    did('rating', 's1', ['a'], { value: 1 }),
    did('purchase', 's2', ['a'], { at: new Date(NOW + 8 * DAY).toISOString() }),
  ]);
  expect(told(data)).toEqual(['ann 0 a 0', 'ann 1 b 3', 'ann 2 c 6', 'bob 0 new 0', 'bob 1 a 0', 'nobody 0 a 0']);
  const { at, surfaces, surfaceNames, context } = data.exposures!;
  expect([...at]).toEqual([0, 5, 6].map((minutes) => NOW - DAY + minutes * MINUTE));
  expect(Array.from(surfaces, (row) => surfaceNames[row])).toEqual(['home', 'item', 'home']);
  expect(context).toEqual({ device: ['phone', 'phone', 'phone'] });
  // Those of the log keep their rows.
  expect(data.userIds).toEqual(['ann', 'bob']);
  expect([...data.itemIds].sort()).toEqual(['a', 'b', 'c', 'elsewhere', 'new']);
  expect(data.itemIds.indexOf('new')).toBe(4);
});

it('takes what impressions say was seen, at its place on a later page', async () => {
  show('s1', ['a', 'b', 'c'], { userId: 'ann', request: { page: { from: 20, limit: 3 } } });
  const data = await read([did('impression', 's1', ['b', 'c']), did('click', 's1', ['c'])]);
  expect(told(data)).toEqual(['ann 21 b 0', 'ann 22 c 1']);
  expect(data.exposures!.context).toEqual({ device: [''] });
});

it('names people as the log does', async () => {
  show('s1', ['a'], { anonymousId: 'x' });
  show('s2', ['a'], { anonymousId: 'y' });
  const data = await read([
    did('view', 's0', ['a'], { userId: undefined, anonymousId: 'y' }),
    did('view', 's0', ['a'], { anonymousId: 'x' }),
  ]);
  expect(told(data)).toEqual(['ann 0 a 0', 'anonymous:y 0 a 0']);
  expect([...data.userIds].sort()).toEqual(['ann', 'anonymous:y']);
});

it('has nothing of people who do not consent', async () => {
  show('s1', ['a'], { userId: 'ann' });
  show('s2', ['b'], { anonymousId: 'x' });
  show('s3', ['c'], { anonymousId: 'z' });
  show('s4', ['d'], { userId: 'bob' });
  const data = await read(
    // x is ann's; z is somebody's in whose slate ann clicked.
    [
      did('view', 's0', ['a'], { anonymousId: 'x' }),
      did('click', 's3', ['c']),
      did('click', 's4', ['d'], { userId: 'bob' }),
    ],
    { refusing: new Set(['ann']) },
  );
  expect(told(data)).toEqual(['bob 0 d 1']);
  expect([data.userIds, data.itemIds]).toEqual([['bob'], ['d']]);
});

it('has nothing of slates that who does not consent acted on without a name', async () => {
  show('s1', ['a'], { userId: 'bob' });
  show('s2', ['b']);
  show('s3', ['c'], { userId: 'bob' });
  const nameless = { userId: undefined, anonymousId: 'x' };
  const data = await read(
    [
      did('view', 's0', ['a'], { anonymousId: 'x' }),
      did('click', 's1', ['a'], nameless),
      did('purchase', 's2', ['b'], nameless),
      did('click', 's3', ['c'], { userId: undefined, anonymousId: 'y' }),
    ],
    { refusing: new Set(['ann']) },
  );
  expect(told(data)).toEqual(['bob 0 c 1']);
});

it('has nothing of slates whose week reaches into what is not looked at, whoever saw them', async () => {
  const at = (days: number): string => new Date(NOW - days * DAY).toISOString();
  show('early', ['a'], { userId: 'ann', at: at(10) });
  show('late', ['b'], { userId: 'ann', at: at(6) });
  show('nobodys', ['c'], { at: at(6) });
  show('others', ['d'], { userId: 'bob', at: at(6) });
  const bought = (slateId: string, id: string) => did('purchase', slateId, [id], { at: at(5) });
  const data = await read([bought('nobodys', 'c'), did('view', 'others', ['d'], { userId: 'bob', at: at(5) })], {
    until: (userId) => (userId === 'ann' ? NOW - 2 * DAY : Infinity),
  });
  expect(told(data)).toEqual(['ann 0 a 0', 'bob 0 d 1']);
});

it('counts what was acted on as seen, whatever impressions say', async () => {
  show('s1', ['a', 'b', 'c'], { userId: 'ann' });
  expect(told(await read([did('impression', 's1', ['a']), did('click', 's1', ['c'])]))).toEqual([
    'ann 0 a 0',
    'ann 2 c 1',
  ]);
});

it('keeps the newest slates where there are too many rows', async () => {
  for (let i = 0; i < 9; i++)
    show(`s${i}`, ['a', `b${i}`], { userId: 'ann', at: new Date(NOW - DAY + i * MINUTE).toISOString() });
  expect(told(await read([], { most: 5 }))).toEqual(['ann 0 a 0', 'ann 1 b7 0', 'ann 0 a 0', 'ann 1 b8 0']);
  expect(told(await read([], { most: 1 }))).toEqual(['ann 0 a 0', 'ann 1 b8 0']);
});

it('leaves the log as it is where no slate is logged, and ends when it is told to', async () => {
  expect(await read([did('click', 's1', ['a'])])).not.toHaveProperty('exposures');
  show('s1', ['a']);
  await expect(read([], { signal: AbortSignal.abort(new Error('canceled')) })).rejects.toThrow('canceled');
});
