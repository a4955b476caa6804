import type { Change, ChangeFeed, ChangesLost } from '@attune/sdk';
import type { Forgets, Forgotten } from '../erase/forgets.js';
import { followChanges } from './follow-changes.js';

const SECOND = 1_000;

let tell: (change: Change | ChangesLost) => void;
const changes: ChangeFeed = {
  isListening: true,
  publish: () => Promise.reject(new Error('nothing is published here')),
  onChange: (listener) => {
    tell = listener;
    return () => (tell = () => undefined);
  },
};

/** Digests: what the engine opened, and what is promoted. */
let models: Map<string, string>;
let promoted: Map<string, string>;
let reloads: (readonly string[])[];
let consents: (readonly string[])[];
let forgotten: Forgotten[];
let warnings: string[];
let letGo: number;
let failure: Error | undefined;
let following: ReturnType<typeof followChanges>;

const failing = (): Promise<void> => (failure === undefined ? Promise.resolve() : Promise.reject(failure));
const cache = (forget: Forgets['forget']): Forgets => ({ place: 'caches', forget, forgetAll: () => void letGo++ });

beforeEach(() => {
  jest.useFakeTimers();
  models = new Map([
    ['ease', 'e1'],
    ['knn', 'k1'],
    ['als', 'missing'],
  ]);
  promoted = new Map([
    ['ease', 'e1'],
    ['knn', 'k1'],
    ['unused', 'u1'],
  ]);
  [reloads, consents, forgotten, warnings, failure, letGo] = [[], [], [], [], undefined, 0];
  const artifacts = { promoted: (name: string) => failing().then(() => promoted.get(name)) };
  following = followChanges({
    stores: { changes, artifacts },
    engine: {
      get models() {
        return models;
      },
      reload: (names) => {
        reloads.push(names);
        for (const name of names) models.set(name, promoted.get(name)!);
        return Promise.resolve();
      },
    },
    lexicon: { consentChanged: (userIds) => (consents.push(userIds), failing()) },
    caches: [
      cache(() => failing().then(() => 1)),
      cache(() => {
        if (failure !== undefined) throw failure;
        return 1;
      }),
      cache((who) => forgotten.push(who)),
    ],
    warn: (line) => warnings.push(line),
  });
});
afterEach(() => {
  following.stop();
  jest.useRealTimers();
});

/** Whatever was told is followed. */
const followed = (): Promise<void> => jest.advanceTimersByTimeAsync(0);

it('sets up anew what opened a model that another process promoted, or waits for it', async () => {
  await following.look();
  expect(reloads).toEqual([]);
  promoted.set('knn', 'k2').set('unused', 'u2');
  tell({ kind: 'model', name: 'knn' });
  await followed();
  expect(reloads).toEqual([['knn']]);
  promoted.set('als', 'a1').set('ease', 'e2');
  await following.look();
  expect(reloads).toEqual([['knn'], ['ease', 'als']]);
  await following.look();
  expect(reloads).toHaveLength(2);
});

it('sets nothing up twice for what is told twice at once', async () => {
  promoted.set('knn', 'k2');
  for (let n = 0; n < 3; n++) tell({ kind: 'model', name: 'knn' });
  await followed();
  expect(reloads).toEqual([['knn']]);
});

it('finds models that nobody told of: after changes were lost, and every 30 seconds', async () => {
  promoted.set('knn', 'k2');
  tell({ kind: 'lost' });
  await followed();
  promoted.set('knn', 'k3');
  await jest.advanceTimersByTimeAsync(30 * SECOND);
  promoted.set('knn', 'k4');
  await jest.advanceTimersByTimeAsync(29 * SECOND);
  expect(reloads).toEqual([['knn'], ['knn']]);
  await jest.advanceTimersByTimeAsync(SECOND);
  expect([reloads.length, models.get('knn')]).toEqual([3, 'k4']);
});

it('lets go of everything that is held of people after changes were lost', async () => {
  tell({ kind: 'lost' });
  await followed();
  expect([letGo, forgotten]).toEqual([3, []]);
});

it('passes on who changed his consent, and who is forgotten, to those it concerns', async () => {
  tell({ kind: 'consent', userIds: ['ann'] });
  tell({ kind: 'forgotten', userIds: ['bob'], anonymousIds: ['b1'] });
  tell({ kind: 'items', ids: ['i1'] });
  await followed();
  expect([consents, reloads, warnings]).toEqual([[['ann']], [], []]);
  expect(forgotten).toEqual([expect.objectContaining({ userIds: ['bob'], anonymousIds: ['b1'] })]);
});

it('says what it cannot follow, and goes on; one cache that fails keeps no other from forgetting', async () => {
  promoted.set('knn', 'k2');
  failure = new Error('the store is away');
  for (const change of [
    { kind: 'model', name: 'knn' },
    { kind: 'consent', userIds: ['ann'] },
    { kind: 'forgotten', userIds: ['bob'], anonymousIds: [] },
  ] as const)
    tell(change);
  await followed();
  expect(warnings).toEqual(Array(3).fill(expect.stringMatching(/not followed: .*the store is away$/)));
  expect([reloads, forgotten.length]).toEqual([[], 1]);
  await jest.advanceTimersByTimeAsync(30 * SECOND);
  expect(warnings).toHaveLength(4);
  failure = undefined;
  await jest.advanceTimersByTimeAsync(30 * SECOND);
  expect([warnings.length, reloads]).toEqual([4, [['knn']]]);
});

it('does nothing more once it is stopped', async () => {
  following.stop();
  promoted.set('knn', 'k2');
  tell({ kind: 'lost' });
  await jest.advanceTimersByTimeAsync(60 * SECOND);
  expect(reloads).toEqual([]);
});
