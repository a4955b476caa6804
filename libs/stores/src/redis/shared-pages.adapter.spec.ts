import type { PageViewer } from '@attune/sdk';
import { describeWith, freshPrefix, PATIENT_MS, urlOf } from '../fixtures/services.js';
import { Wire } from '../fixtures/wire.js';
import { RedisConnection } from './redis.connection.js';
import { RedisSharedPages, type PageLimits } from './shared-pages.adapter.js';

const LIFE_MS = 60_000;
const ANN: PageViewer = { userId: 'ann', anonymousId: 'cookie' };

describeWith(['redis'], 'RedisSharedPages', () => {
  const prefix = freshPrefix();
  const redis = new RedisConnection({ url: urlOf('redis'), prefix, commandTimeoutMs: PATIENT_MS });
  let tenant: string;
  let tenants = 0;
  beforeAll(async () => await redis.open());
  beforeEach(() => void (tenant = `tenant ${tenants++} {🙂}`));
  afterAll(async () => {
    const keys = await redis.client.keys(`${prefix}:*`);
    if (keys.length > 0) await redis.client.del(...keys);
    redis.close();
  });

  const pages = (limits?: PageLimits): RedisSharedPages => new RedisSharedPages(redis, tenant, limits);
  const put = (to: RedisSharedPages, id: string, viewer: PageViewer = {}): Promise<boolean> =>
    to.put(id, { text: `text of ${id}`, viewer, lifeMs: LIFE_MS });
  const there = async (ids: readonly string[]): Promise<readonly string[]> => {
    const texts = await Promise.all(ids.map((id) => pages().get(id)));
    return ids.filter((id, i) => texts[i] === `text of ${id}`);
  };
  const keys = (): Promise<readonly string[]> => redis.client.keys(`${prefix}:{${encodeURIComponent(tenant)}}:*`);

  it('gives other processes of the tenant what was put, and nobody else', async () => {
    expect(await put(pages(), 'a', ANN)).toBe(true);
    expect(await pages().get('a')).toBe('text of a');
    expect(await pages().get('b')).toBeUndefined();
    tenant = `${tenant}/other`;
    expect(await pages().get('a')).toBeUndefined();
  });

  it('leaves nothing behind after a page’s life: each of its keys expires by then', async () => {
    await put(pages(), 'a', ANN);
    const all = await keys();
    expect(all).toHaveLength(4);
    for (const key of all) {
      const left = await redis.client.pttl(key);
      expect([key, left > 0 && left <= LIFE_MS]).toEqual([key, true]);
    }
  });

  it('lets the oldest go where there are too many, and holds no lists of what went', async () => {
    const few = pages({ slates: 2, bytes: 1_000 });
    for (const id of ['a', 'b', 'c', 'd']) await put(few, id, ANN);
    expect(await there(['a', 'b', 'c', 'd'])).toEqual(['c', 'd']);
    const lists = (await keys()).filter((key) => key.includes(':pages'));
    expect(await Promise.all(lists.map((key) => redis.client.zcard(key)))).toEqual([2, 2, 2]);
  });

  it('does not take what is too large', async () => {
    const small = pages({ slates: 2, bytes: 8 });
    expect(await small.put('a', { text: '123456🙂', viewer: {}, lifeMs: LIFE_MS })).toBe(false);
    expect(await small.put('b', { text: '1234🙂', viewer: {}, lifeMs: LIFE_MS })).toBe(true);
    expect(await keys()).toHaveLength(2);
  });

  it('forgets what a person was shown by either id, and takes nothing of his that was under way', async () => {
    const all = pages();
    await put(all, 'user', { userId: 'ann' });
    await put(all, 'both', ANN);
    await put(all, 'cookie', { anonymousId: 'cookie' });
    // Another's ids that are spelled alike.
    await put(all, 'other', { userId: 'cookie', anonymousId: 'ann' });
    await put(all, 'nobody');
    const who = { userIds: ['ann', 'unknown'], anonymousIds: ['cookie'] };
    expect(await all.forget(who)).toBe(3);
    expect(await all.forget(who)).toBe(0);
    for (const viewer of [ANN, { userId: 'ann' }, { anonymousId: 'cookie', userId: 'bob' }])
      expect(await put(all, 'late', viewer)).toBe(false);
    expect(await put(all, 'another', { userId: 'bob' })).toBe(true);
    const left = ['other', 'nobody', 'another'];
    expect(await there(['user', 'both', 'cookie', 'late', ...left])).toEqual(left);
    expect(await all.forget({ userIds: ['bob'], anonymousIds: [] })).toBe(1);
  });

  it('says that Redis is away', async () => {
    const wire = await Wire.to(urlOf('redis'));
    const far = new RedisConnection({ url: wire.url, prefix, commandTimeoutMs: PATIENT_MS });
    await far.open();
    const all = new RedisSharedPages(far, tenant);
    await put(all, 'a');
    wire.cut();
    const away = { code: 'STORE_UNAVAILABLE' };
    await expect(put(all, 'b')).rejects.toMatchObject(away);
    await expect(all.get('a')).rejects.toMatchObject(away);
    await expect(all.forget({ userIds: ['ann'], anonymousIds: [] })).rejects.toMatchObject(away);
    await wire.close();
    far.close();
  });
});
