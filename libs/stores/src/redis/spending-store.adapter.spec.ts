import { spendingStoreContract } from '@attune/testkit';
import { describeWith, freshPrefix, PATIENT_MS, urlOf } from '../fixtures/services.js';
import { Wire } from '../fixtures/wire.js';
import { RedisConnection } from './redis.connection.js';
import { RedisSpendingStore } from './spending-store.adapter.js';

const DAY = '2026-01-31';

describeWith(['redis'], 'RedisSpendingStore', () => {
  const prefix = freshPrefix();
  const redis = new RedisConnection({ url: urlOf('redis'), prefix, commandTimeoutMs: PATIENT_MS });
  let tenants = 0;
  const nextTenant = (): string => `tenant ${tenants++} {🙂}`;
  beforeAll(async () => await redis.open());
  afterAll(async () => {
    const keys = await redis.client.keys(`${prefix}:*`);
    if (keys.length > 0) await redis.client.del(...keys);
    redis.close();
  });

  for (const { name, run } of spendingStoreContract(async () => new RedisSpendingStore(redis, nextTenant())))
    it(name, run);

  it('adds up what all processes of a tenant spend, and no other tenant’s', async () => {
    const tenant = nextTenant();
    const processes = [0, 1, 2].map(() => new RedisSpendingStore(redis, tenant));
    await Promise.all(processes.flatMap((each) => [1, 2, 3].map((n) => each.add(DAY, { tokens: n, money: n / 4 }))));
    for (const each of processes) expect(await each.spent(DAY)).toEqual({ tokens: 18, money: 4.5 });
    const other = new RedisSpendingStore(redis, nextTenant());
    expect(await other.spent(DAY)).toEqual({ tokens: 0, money: 0 });
  });

  it('keeps a day for 400 days from its last spending, under a key of its own', async () => {
    const tenant = nextTenant();
    const store = new RedisSpendingStore(redis, tenant);
    const key = `${prefix}:{${encodeURIComponent(tenant)}}:spending:${DAY}`;
    await store.add(DAY, { tokens: 1, money: 1 });
    await redis.client.expire(key, 10);
    await store.add(DAY, { tokens: 1, money: 1 });
    const left = await redis.client.ttl(key);
    expect([left > 399 * 86_400, left <= 400 * 86_400]).toEqual([true, true]);
  });

  it('adds small amounts of money without their rounding adding up', async () => {
    const store = new RedisSpendingStore(redis, nextTenant());
    for (let n = 0; n < 100; n++) await store.add(DAY, { tokens: 0, money: 1e-7 });
    expect((await store.spent(DAY)).money).toBe(1e-5);
    await store.add(DAY, { tokens: 0, money: 1e-20 });
    expect((await store.spent(DAY)).money).toBe(1e-5);
  });

  it('says that Redis is away', async () => {
    const wire = await Wire.to(urlOf('redis'));
    const far = new RedisConnection({ url: wire.url, prefix, commandTimeoutMs: PATIENT_MS });
    await far.open();
    const store = new RedisSpendingStore(far, nextTenant());
    await store.add(DAY, { tokens: 1, money: 1 });
    wire.cut();
    const away = { code: 'STORE_UNAVAILABLE' };
    await expect(store.add(DAY, { tokens: 1, money: 1 })).rejects.toMatchObject(away);
    await expect(store.spent(DAY)).rejects.toMatchObject(away);
    await wire.close();
    far.close();
  });
});
