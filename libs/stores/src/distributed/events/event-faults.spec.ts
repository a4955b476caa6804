import { eventAt, MINUTE, START } from '@attune/testkit';
import { AttuneError, type EventStore, type StoredEvent } from '@attune/sdk';
import { EventLog } from '../../elasticsearch/events/event-log.js';
import { HotKeys } from '../../redis/hot-keys.js';
import { HotStore } from '../../redis/hot-store.js';
import { DistributedEvents } from '../../fixtures/distributed-events.js';
import { describeWith } from '../../fixtures/services.js';
import { ArrivalStamps } from './arrival.stamps.js';
import type { DistributedEventStore } from './event-store.adapter.js';

const END = START + 1_000 * MINUTE;
const ann = { userId: 'ann' };
const DAY = 1_440;

describeWith(['elasticsearch', 'redis'], 'DistributedEventStore when things go wrong', () => {
  const services = new DistributedEvents(() => END);
  beforeAll(async () => await services.open());
  afterAll(async () => await services.clear());

  const itemsOf = async (store: EventStore, at = END): Promise<readonly string[]> =>
    (await store.history(ann, at)).items;
  const three = [1, 2, 3].map((n) => eventAt(n, { id: `e${n}`, itemId: `i${n}` }));

  async function two(): Promise<readonly [DistributedEventStore, DistributedEventStore, HotKeys]> {
    const tenant = services.indices.tenant();
    const keys = new HotKeys(services.indices.prefix, tenant);
    return [await services.store({ tenant }), await services.store({ tenant }), keys];
  }

  it('answers the same once Redis has forgotten everything, at any time', async () => {
    const [one, other] = await two();
    await one.append(three.slice(0, 2));
    expect(await itemsOf(other)).toEqual(['i1', 'i2']);
    await services.forgetKeys();
    expect(await itemsOf(other)).toEqual(['i1', 'i2']);
    await services.forgetKeys();
    await one.append(three.slice(2));
    expect(await itemsOf(other)).toEqual(['i1', 'i2', 'i3']);
    expect(await itemsOf(one)).toEqual(['i1', 'i2', 'i3']);
  });

  it('does not believe what another run of Redis kept, which may lack the last writes', async () => {
    const [one, other, keys] = await two();
    await one.append(three);
    await itemsOf(one);
    const key = keys.subject('u:ann');
    const { client } = services.redis;
    const newest = Object.keys(await client.hgetall(key))
      .filter((field) => field.startsWith('e'))
      .sort()
      .at(-1);
    await client.hdel(key, newest ?? '');
    expect(await itemsOf(other)).toEqual(['i1', 'i2']);
    await client.hset(key, '#epoch', 'another-run');
    expect(await itemsOf(one)).toEqual(['i1', 'i2', 'i3']);
  });

  it('stores an id once that two processes send at the same time', async () => {
    const [one, other] = await two();
    const batch = Array.from({ length: 200 }, (_, n) => eventAt(n, { id: `e${n}`, itemId: `i${n}` }));
    const [a, b] = await Promise.all([one.append(batch), other.append([...batch].reverse())]);
    const created = batch.map((_, n) => Number(a.created[n]) + Number(b.created[batch.length - 1 - n]));
    expect(created).toEqual(batch.map(() => 1));
    expect((await itemsOf(one)).length).toBe(200);
    await one.refresh();
    expect(await one.size()).toBe(200);
  });

  it('knows an event again whose time, set at receipt, has come into the next month', async () => {
    const [one, other] = await two();
    const event: StoredEvent = { ...ann, id: 'e1', type: 'view', itemId: 'a', at: '2026-01-31T23:59:59.900Z' };
    expect((await one.append([event])).created).toEqual([true]);
    expect((await other.append([{ ...event, at: '2026-02-01T00:00:01.000Z' }])).created).toEqual([false]);
    expect((await itemsOf(one, Date.UTC(2026, 2, 1))).length).toBe(1);
  });

  it('answers from the log while Redis is away, stores and says so, and lets nobody miss it afterwards', async () => {
    const tenant = services.indices.tenant();
    const redis = await services.connect();
    const cut = await services.store({ tenant, redis });
    const other = await services.store({ tenant });
    await cut.append(three.slice(0, 1));
    expect(await itemsOf(other)).toEqual(['i1']);
    redis.client.disconnect();
    const failed = await cut.append(three.slice(1, 2)).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(AttuneError);
    expect(failed).toMatchObject({ code: 'NOT_DURABLE', detail: expect.stringContaining('Redis') });
    services.troubles.length = 0;
    expect(await itemsOf(cut)).toEqual(['i1', 'i2']);
    expect((await cut.window({ types: ['view'], from: 0, to: END })).total).toBe(2);
    expect(services.troubles.length).toBeGreaterThan(0);
    expect(await itemsOf(other)).toEqual(['i1']);
    await redis.client.connect();
    expect((await cut.append([...three.slice(1, 2), ...three.slice(2)])).created).toEqual([false, true]);
    expect(await itemsOf(other)).toEqual(['i1', 'i2', 'i3']);
  });

  it('mends what others see as soon as Redis is back, though the sender never comes again', async () => {
    const tenant = services.indices.tenant();
    const redis = await services.connect();
    const cut = await services.store({ tenant, redis });
    const other = await services.store({ tenant });
    expect(await itemsOf(other)).toEqual([]);
    redis.client.disconnect();
    await expect(cut.append(three)).rejects.toMatchObject({ code: 'NOT_DURABLE' });
    await redis.client.connect();
    expect(await itemsOf(cut)).toEqual(['i1', 'i2', 'i3']);
    expect(await itemsOf(other)).toEqual(['i1', 'i2', 'i3']);
  });

  it('shows an event once it is sent again that a process stored and, dying, told nobody of', async () => {
    const tenant = services.indices.tenant();
    const [one, other] = [await services.store({ tenant }), await services.store({ tenant })];
    expect(await itemsOf(other)).toEqual([]);
    const log = await EventLog.open(services.indices.connection, tenant);
    const arrivals = new ArrivalStamps(Date.now, 'deceased');
    await log.create(three.map((event) => ({ arrival: arrivals.next(), event })));
    expect(await itemsOf(other)).toEqual([]);
    expect((await one.append(three)).created).toEqual([false, false, false]);
    expect(await itemsOf(other)).toEqual(['i1', 'i2', 'i3']);
  });

  it('keeps the newest of a long history at hand, asks the log for what was before, and stays bounded', async () => {
    const tenant = services.indices.tenant();
    const limits = { events: 20, links: 5 };
    const store = await services.store({ tenant, limits });
    const keys = new HotKeys(services.indices.prefix, tenant);
    expect(await itemsOf(store)).toEqual([]);
    const many = Array.from({ length: 90 }, (_, n) => eventAt(n, { id: `e${n}`, itemId: `i${n}` }));
    const ids = (from: number, to: number): readonly string[] => many.slice(from, to).map(({ itemId }) => itemId!);
    for (let n = 0; n < many.length; n += 10) {
      await store.append(many.slice(n, n + 10));
      expect((await itemsOf(store)).slice(-20)).toEqual(ids(Math.max(0, n - 10), n + 10));
      expect(await services.redis.client.hlen(keys.subject('u:ann'))).toBeLessThanOrEqual(40);
    }
    expect(await itemsOf(store, START + 30 * MINUTE)).toEqual(ids(11, 31));
    await store.append([eventAt(2, { id: 'late', itemId: 'late' })]);
    expect(await itemsOf(store)).not.toContain('late');
    expect(await itemsOf(store, START + 3 * MINUTE)).toEqual(['i0', 'i1', 'i2', 'late', 'i3']);
  });

  it('has each acknowledged event in every later answer, while Redis forgets again and again', async () => {
    const [one, other] = await two();
    let acknowledged = 0;
    let over = false;
    const writing = async (): Promise<void> => {
      for (let n = 0; n < 60; n++) {
        await one.append([eventAt(n, { id: `e${n}`, anonymousId: `x${n % 2}`, ...ann, itemId: `i${n}` })]);
        acknowledged += 1;
      }
    };
    const until = async (step: () => Promise<void>): Promise<void> => {
      while (!over) await step();
    };
    const reading = (store: EventStore) => async (): Promise<void> => {
      const before = acknowledged;
      expect((await itemsOf(store)).length).toBeGreaterThanOrEqual(before);
    };
    const written = writing().finally(() => (over = true));
    const others = [until(reading(one)), until(reading(other)), until(() => services.forgetKeys())];
    const results = await Promise.allSettled([written, ...others]);
    expect(results.flatMap((result) => (result.status === 'rejected' ? [String(result.reason)] : []))).toEqual([]);
    expect(await itemsOf(other)).toEqual(Array.from({ length: 60 }, (_, n) => `i${n}`));
  });

  it('keeps out of Redis who is being erased, as long as that takes', async () => {
    const [one, other, keys] = await two();
    await one.append(three);
    const options = { limits: { events: 9, links: 9 }, stamp: () => 'stamp', daysOf: () => [] };
    const hot = new HotStore(services.redis, keys, options);
    await hot.bar(['u:ann']);
    expect(await itemsOf(other)).toEqual(['i1', 'i2', 'i3']);
    await one.append([eventAt(4, { id: 'e4', itemId: 'i4' })]);
    expect(await itemsOf(other)).toEqual(['i1', 'i2', 'i3', 'i4']);
    expect(await services.redis.client.hkeys(keys.subject('u:ann'))).toEqual(['#erasing']);
    await hot.unbar(['u:ann'], []);
    expect(await itemsOf(other)).toEqual(['i1', 'i2', 'i3', 'i4']);
    expect(await services.redis.client.hlen(keys.subject('u:ann'))).toBeGreaterThan(4);
    hot.close();
  });

  it('erases two users at the same time whose events are each the other one’s too', async () => {
    const [one, other] = await two();
    const shared = Array.from({ length: 40 }, (_, n) => [
      eventAt(n, { id: `a${n}`, userId: 'ann', anonymousId: 'x', itemId: 'a' }),
      eventAt(n, { id: `b${n}`, userId: 'bob', anonymousId: 'y', itemId: 'b' }),
      eventAt(n, { id: `y${n}`, userId: 'ann', anonymousId: 'y', itemId: 'c' }),
      eventAt(n, { id: `x${n}`, userId: 'bob', anonymousId: 'x', itemId: 'd' }),
    ]);
    await one.append([...shared.flat(), eventAt(99, { id: 'cat', userId: 'cat', anonymousId: 'x', itemId: 'e' })]);
    const [first, second] = await Promise.all([one.erase('ann'), other.erase('bob')]);
    expect([first.events, second.events]).toEqual([80, 80]);
    await other.refresh();
    for (const store of [one, other]) {
      expect(await store.size()).toBe(1);
      expect((await store.history({ userId: 'cat', anonymousId: 'y' }, END)).items).toEqual(['e']);
      expect((await store.history({ userId: 'ann', anonymousId: 'y' }, END)).items).toEqual([]);
    }
    expect(await other.usersOf(['x', 'y'], END)).toEqual(['cat', undefined]);
  });

  it('knows the users of many anonymous ids, without keeping them at hand', async () => {
    const [one, other] = await two();
    const joins = Array.from({ length: 60 }, (_, n) => [
      eventAt(n, { id: `first${n}`, userId: `u${n}`, anonymousId: `x${n}` }),
      eventAt(n + 100, { id: `then${n}`, userId: 'late', anonymousId: `x${n}` }),
    ]);
    await one.append(joins.flat());
    const ids = [...joins.map((_, n) => `x${n}`), 'nobody', 'x0'];
    const first = [...joins.map((_, n) => `u${n}`), undefined, 'u0'];
    expect(await other.usersOf(ids, START + 90 * MINUTE)).toEqual(first);
    expect(await other.usersOf(ids.slice(0, 3), START + 90 * MINUTE)).toEqual(first.slice(0, 3));
    expect(await other.usersOf(ids.slice(0, 3), END)).toEqual(['late', 'late', 'late']);
    expect((await one.sizeReport()).kinds['histories of visitors']?.keys).toBe(3);
  });

  it('counts whole months and days that it kept, late events among them, as another process does', async () => {
    const [one, other] = await two();
    const at = (day: number, id: string, event: Partial<StoredEvent>): StoredEvent =>
      eventAt(day * DAY, { id, ...event });
    await one.append([
      at(-40, 'e1', { itemId: 'a' }),
      at(-20.5, 'e2', { itemIds: ['a', 'b', 'a', 'a'] }),
      at(-20.2, 'e3', { itemId: 'b', type: 'purchase' }),
      at(-3.5, 'e4', { itemId: 'c' }),
    ]);
    const totals = async (store: EventStore, from: number, to: number): Promise<Record<string, number>> => {
      const window = { types: ['view', 'purchase'], from: START + from * DAY * MINUTE, to: START + to * DAY * MINUTE };
      const { vocabulary, byRow } = await store.window(window);
      const counts = [...byRow].map((count, row) => [vocabulary.id(row), count] as const);
      return Object.fromEntries(counts.filter(([, count]) => count > 0));
    };
    for (const store of [one, other]) {
      expect(await totals(store, -Infinity, -1)).toEqual({ a: 4, b: 2, c: 1 });
      expect(await totals(store, -20.4, -1)).toEqual({ b: 1, c: 1 });
      expect(await totals(store, -41, -20.3)).toEqual({ a: 4, b: 1 });
    }
    await one.append([at(-35, 'late', { itemId: 'd' }), at(-20.1, 'later', { itemId: 'd' })]);
    for (const store of [other, one]) {
      expect(await totals(store, -Infinity, -1)).toEqual({ a: 4, b: 2, c: 1, d: 2 });
      expect(await totals(store, -20.4, -1)).toEqual({ b: 1, c: 1, d: 1 });
    }
    await services.forgetKeys();
    expect(await totals(other, -Infinity, -1)).toEqual({ a: 4, b: 2, c: 1, d: 2 });
    expect(await other.window({ types: ['view'], from: 0, to: START })).toBe(
      await other.window({ types: ['view'], from: 0, to: START }),
    );
    expect(Object.keys((await one.sizeReport()).kinds)).toEqual(
      expect.arrayContaining(['counts of days', 'stamps of days']),
    );
  });

  it('gives a window that moves once more while it counts it anew, unless it was empty', async () => {
    const tenant = services.indices.tenant();
    let now = END;
    const counting = await services.store({ tenant, clock: () => now });
    const writing = await services.store({ tenant });
    const total = async (): Promise<number> =>
      (await counting.window({ types: ['view'], from: now - DAY * MINUTE, to: now })).total;
    const write = async (id: string): Promise<void> => {
      await writing.append([eventAt(900, { id, userId: 'ann', itemId: 'a' })]);
      await writing.refresh();
    };
    expect(await total()).toBe(0);
    await write('e1');
    expect(await total()).toBe(0);
    now += 1_001;
    expect(await total()).toBe(1);
    await write('e2');
    now += 1_001;
    expect(await total()).toBe(1);
    // Redis and Elasticsearch are asked behind the scenes; the next second's answer has it.
    while ((await total()) === 1) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await total()).toBe(2);
  });

  it('forgets a user in the histories of all processes, and his items in their counts', async () => {
    const [one, other] = await two();
    await one.append([...three, eventAt(4, { id: 'b1', userId: 'bob', itemId: 'b' })]);
    const window = { types: ['view'], from: -Infinity, to: END - 10 * MINUTE };
    expect((await other.window(window)).total).toBe(4);
    expect(await itemsOf(other)).toEqual(['i1', 'i2', 'i3']);
    expect(await one.erase('ann')).toEqual({ events: 3, anonymousIds: [] });
    expect(await itemsOf(other)).toEqual([]);
    const { total, vocabulary } = await other.window(window);
    expect([total, vocabulary.row('i1'), vocabulary.size]).toEqual([1, -1, 1]);
  });
});
