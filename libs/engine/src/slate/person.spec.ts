import { defineRetriever, type RequestNeed, type SlateAnswer, type TenantStores } from '@attune/sdk';
import { Engine } from '../engine.js';
import { ask, benchOf, sourceOf } from '../fixtures/bench-engine.js';
import { memoryStores, smallWorld } from '../fixtures/memory-stores.js';
import { homeOf, PLAIN } from '../fixtures/plain-plugins.js';
import { personOf } from './person.js';
import type { EngineRequest } from './engine-request.js';

const READINGS = ['usersOf', 'users', 'history', 'session'] as const;
type Reading = (typeof READINGS)[number];
const ALL = new Set<RequestNeed>(['history', 'session']);
const COOKIE = { userId: undefined, anonymousId: 'cookie-of-ann' };
const never = (): Promise<never> => new Promise(() => undefined);
const refused = (): Promise<never> => Promise.reject(new Error('connection refused'));

/** The stores of a small world, `before` called ahead of each reading of a person. */
function watchedStores(before: (reading: Reading, asked: unknown) => Promise<void>): TenantStores {
  const stores = memoryStores(smallWorld());
  const { events, users } = stores;
  const watched = async <T>(reading: Reading, asked: unknown, read: () => Promise<T>): Promise<T> => {
    await before(reading, asked);
    return await read();
  };
  return {
    ...stores,
    events: {
      ...events,
      usersOf: (ids, at) => watched('usersOf', ids[0], () => events.usersOf(ids, at)),
      history: (who, at) => watched('history', who.userId, () => events.history(who, at)),
      session: (who, at) => watched('session', who.userId, () => events.session(who, at)),
    },
    users: { ...users, get: (ids) => watched('users', ids[0], () => users.get(ids)) },
  };
}

describe('personOf', () => {
  const read: Reading[] = [];
  const listed = watchedStores(async (reading) => void read.push(reading));
  const of = (changes: Partial<EngineRequest>, needs: ReadonlySet<RequestNeed> = ALL) =>
    personOf(ask(changes), listed, needs);
  beforeEach(() => (read.length = 0));

  it('asks who it is, then whether he consents, and only then for his past', async () => {
    let answer = (): void => undefined;
    const consent = new Promise<void>((resolve) => (answer = resolve));
    const stores = watchedStores(async (reading) => {
      read.push(reading);
      if (reading === 'users') await consent;
    });
    const person = personOf(ask(COOKIE), stores, ALL);
    await new Promise(setImmediate);
    expect(read).toEqual(['usersOf', 'users']);
    answer();
    expect(await person).toMatchObject({ userId: 'ann' });
    expect(read).toEqual(READINGS);
  });

  it.each([
    ['named', { userId: 'shy' }],
    ['joined to an anonymous id', { userId: undefined, anonymousId: 'cookie-of-shy' }],
  ])('does not look at the past of somebody who does not consent, %s', async (_, who) => {
    const usersOf = () => Promise.resolve(['shy']);
    const stores = { ...listed, events: { ...listed.events, usersOf } };
    const { history, session, ...known } = await personOf(ask(who), stores, ALL);
    const user = { id: 'shy', consent: { profiling: false } };
    expect(known).toEqual({ userId: 'shy', user, unread: 'NO_PROFILING' });
    expect([history.size, session.size, read]).toEqual([0, 0, ['users']]);
  });

  it('reads only what a plugin wants to know, and nothing of nobody', async () => {
    expect((await of({}, new Set(['session']))).history.size).toBe(0);
    expect((await of({}, new Set(['history']))).history.size).toBe(3);
    expect(read).toEqual(['users', 'session', 'users', 'history']);
    read.length = 0;
    expect((await of({ userId: undefined })).unread).toBeUndefined();
    expect(read).toEqual([]);
  });
});

describe('a person who cannot be read', () => {
  const personal = defineRetriever({
    id: 'personal',
    version: '1.0.0',
    needs: ['history', 'session'],
    each: ({ history, session }) => {
      const ids = [...new Set([...history.items, ...session.items])];
      return { ids, scores: Float32Array.from(ids, () => 50) };
    },
  });
  const home = sourceOf(
    homeOf({
      deadlineMs: 100,
      retrieve: [{ use: 'in-order', limit: 12 }, { use: 'personal' }],
      score: [],
      explain: { use: 'bought' },
    }),
  );
  const UNREAD = [{ plugin: 'history', code: 'PROFILE_UNAVAILABLE' }];
  const shown = ({ items }: SlateAnswer): unknown => items.map(({ id, score, reason }) => [id, score, reason]);

  async function served(stores: TenantStores, requests: readonly EngineRequest[]): Promise<readonly SlateAnswer[]> {
    const engine = new Engine({ ...benchOf([...PLAIN, personal]).context, stores });
    await engine.load([home]);
    return (await engine.serve('home', requests)).map(({ slate }) => slate);
  }
  const broken = (where: Reading, fault: () => Promise<never>): TenantStores =>
    watchedStores(async (reading) => (reading === where ? await fault() : undefined));

  describe.each([
    ['fails', refused],
    ['hangs', never],
  ])('since a store %s', (_, fault) => {
    it.each(READINGS)('in %s: gets the slate of nobody, and is told why', async (where) => {
      const [slate, nobodys] = await served(broken(where, fault), [ask(COOKIE), ask({ userId: undefined })]);
      expect([slate!.degraded, nobodys!.degraded]).toEqual([UNREAD, []]);
      expect(shown(slate!)).toEqual(shown(nobodys!));
      const [known] = await served(memoryStores(smallWorld()), [ask({ userId: 'ann' })]);
      expect(shown(known!)).not.toEqual(shown(nobodys!));
    });

    it('disturbs nobody else in his batch', async () => {
      const lost = watchedStores(async (_reading, asked) => (asked === 'lost' ? await fault() : undefined));
      const requests = [ask({ id: 'a' }), ask({ id: 'b', userId: 'lost' }), ask({ id: 'c', ...COOKIE })];
      const slates = await served(lost, requests);
      expect(slates.map(({ degraded }) => degraded)).toEqual([[], UNREAD, []]);
      for (const [r, slate] of slates.entries()) {
        const [alone] = await served(lost, [requests[r]!]);
        expect(shown(slate)).toEqual(shown(alone!));
      }
      expect(shown(slates[0]!)).not.toEqual(shown(slates[1]!));
    });
  });

  it('is waited for half of the time that the request has', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    try {
      let done = false;
      const slates = served(broken('history', never), [ask()]).finally(() => (done = true));
      await new Promise(setImmediate);
      await jest.advanceTimersByTimeAsync(49);
      expect(done).toBe(false);
      await jest.advanceTimersByTimeAsync(1);
      await new Promise(setImmediate);
      expect(done).toBe(true);
      expect((await slates)[0]!.degraded).toEqual(UNREAD);
    } finally {
      jest.useRealTimers();
    }
  });
});
