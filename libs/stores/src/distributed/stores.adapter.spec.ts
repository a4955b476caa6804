import { START, eventAt, llmCallOf, slateOf, tenantContract } from '@attune/testkit';
import { readdir } from 'node:fs/promises';
import { Redis } from 'ioredis';
import type { TenantStores } from '@attune/sdk';
import { ScratchIndices } from '../fixtures/scratch-indices.js';
import { jsonCodec, Scratch } from '../fixtures/scratch.js';
import { describeWith, freshPrefix, PATIENT_MS, urlOf } from '../fixtures/services.js';
import { openDistributedStores, type DistributedStores, type DistributedStoresOptions } from './stores.adapter.js';

describeWith(['elasticsearch', 'redis'], 'openDistributedStores', () => {
  const folders = new Scratch();
  const warnings: string[] = [];
  const places: ScratchIndices[] = [];
  const opened: DistributedStores[] = [];

  /** Options of an installation of its own. */
  const fresh = async (): Promise<DistributedStoresOptions> => {
    const place = new ScratchIndices();
    places.push(place);
    return {
      elasticsearch: { url: urlOf('elasticsearch'), prefix: place.prefix, requestTimeoutMs: PATIENT_MS },
      redis: { url: urlOf('redis'), prefix: place.prefix, commandTimeoutMs: PATIENT_MS },
      artifactFolder: await folders.folder(),
      clock: () => START,
      warn: (line) => warnings.push(line),
      spaces: [{ id: 'text', dims: 2, metric: 'cosine', digest: 'model-1' }],
      vectors: 'exact',
      codec: jsonCodec,
    };
  };
  const openStores = async (options: DistributedStoresOptions): Promise<DistributedStores> => {
    const stores = await openDistributedStores(options);
    opened.push(stores);
    return stores;
  };

  afterEach(async () => {
    jest.useRealTimers();
    for (const stores of opened.splice(0)) await stores.close();
    for (const place of places.splice(0)) {
      await dropKeys(place.prefix);
      await place.clear();
    }
    await folders.clear();
    expect(warnings.splice(0)).toEqual([]);
  });

  const twoTenants = async (): Promise<readonly [TenantStores, TenantStores]> => {
    const stores = await openStores(await fresh());
    return [stores.of({ tenant: 'default' }), await stores.open({ tenant: 'Default' })];
  };
  for (const { name, run } of tenantContract(twoTenants)) it(name, run);

  it('opens the tenants that another process made, and others when asked', async () => {
    const options = await fresh();
    const long = '🙂/'.repeat(10);
    const first = await openStores(options);
    expect(first.tenants()).toEqual(['default']);
    expect(() => first.of({ tenant: '../x' })).toThrow(/open\(\{ tenant \}\)/);
    const [one, two] = await Promise.all([first.open({ tenant: '../x' }), first.open({ tenant: '../x' })]);
    expect(one).toBe(two);
    await first.open({ tenant: long });
    await one.events.append([eventAt(0, { id: 'e1', userId: 'ann' })]);
    const second = await openStores(options);
    expect([...second.tenants()].sort()).toEqual(['../x', 'default', long].sort());
    expect((await second.of({ tenant: '../x' }).events.history({ userId: 'ann' }, START)).size).toBe(1);
    expect(await readdir(options.artifactFolder)).toEqual(expect.arrayContaining(['%2e%2e%2fx', 'default']));
    await expect(first.open({ tenant: '' })).rejects.toThrow(RangeError);
  });

  it('shows in one process what another one was acknowledged, models and users too', async () => {
    const options = await fresh();
    const one = (await openStores(options)).of({ tenant: 'default' });
    const two = (await openStores(options)).of({ tenant: 'default' });
    const digest = await one.artifacts.put('model', { meta: { n: 1 }, arrays: {}, ids: {} });
    await one.artifacts.promote('model', digest);
    await one.users.upsert([{ id: 'ann', consent: { profiling: false } }]);
    one.slates.record(slateOf('s', { userId: 'ann' }));
    await one.slates.flush();
    await one.spending.add('2026-01-01', { tokens: 3, money: 0.5 });
    expect(await two.spending.spent('2026-01-01')).toEqual({ tokens: 3, money: 0.5 });
    expect((await two.artifacts.open('model', (await two.artifacts.promoted('model')) ?? '')).meta).toEqual({ n: 1 });
    expect([await two.users.withoutConsent(), (await two.slates.get('s'))?.slateId]).toEqual([new Set(['ann']), 's']);
  });

  it('forgets what waits of people whom another process erased', async () => {
    const options = await fresh();
    const one = (await openStores(options)).of({ tenant: 'default' });
    const two = (await openStores(options)).of({ tenant: 'default' });
    // No timer rings: slates wait until they are asked for, however long it takes to hear of a change.
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    for (const userId of ['ann', 'bob']) {
      one.slates.record(slateOf(userId, { userId }));
      one.llmCalls.record(llmCallOf(userId, { userId }));
    }
    await two.changes.publish({ kind: 'forgotten', userIds: ['ann'], anonymousIds: [] });
    while ((await one.slates.get('ann')) !== undefined) await new Promise((resolve) => setImmediate(resolve));
    expect([(await one.slates.recent(9)).length, await two.slates.get('ann')]).toEqual([1, undefined]);
    expect((await one.llmCalls.recent(9)).map(({ id }) => id)).toEqual(['bob']);
  });

  it('writes what waits when it is closed, twice if asked', async () => {
    const options = await fresh();
    const first = await openStores(options);
    const { slates, llmCalls, users } = first.of({ tenant: 'default' });
    slates.record(slateOf('s1'));
    llmCalls.record(llmCallOf('c1'));
    const write = users.upsert([{ id: 'ann' }]);
    await Promise.all([first.close(), first.close()]);
    await write;
    await expect(first.open({ tenant: 'late' })).rejects.toThrow(/closed/);
    const found = (await openStores(options)).of({ tenant: 'default' });
    expect([(await found.slates.stats()).slates, await found.users.size()]).toEqual([1, 1]);
    expect((await found.llmCalls.recent(9)).map(({ id }) => id)).toEqual(['c1']);
  });

  it.each([
    ['Elasticsearch', 'elasticsearch', 'http://elastic:secret@127.0.0.1:1', 'ELASTICSEARCH_URL'],
    ['Redis', 'redis', 'redis://:secret@127.0.0.1:1/3', 'REDIS_URL'],
  ] as const)(
    'says where %s was looked for and what to do, and no password',
    async (service, option, url, variable) => {
      const options = await fresh();
      const opening = openDistributedStores({ ...options, [option]: { url, prefix: freshPrefix() } });
      const error: unknown = await opening.catch((reason: unknown) => reason);
      expect(error).toMatchObject({
        code: 'STORE_UNAVAILABLE',
        detail: expect.stringMatching(new RegExp(`^${service} at .*127\\.0\\.0\\.1:1.*ECONNREFUSED.*set ${variable}`)),
      });
      expect(String(error)).not.toContain('secret');
      const wrong = openDistributedStores({ ...options, [option]: { url: 'secret', prefix: freshPrefix() } });
      await expect(wrong).rejects.toThrow(`${variable} is no URL`);
    },
  );
});

/** Removes all keys of a prefix. */
async function dropKeys(prefix: string): Promise<void> {
  const redis = new Redis(urlOf('redis'));
  for await (const keys of redis.scanStream({ match: `${prefix}*`, count: 1_000 }))
    if (keys.length > 0) await redis.del(keys);
  await redis.quit();
}
