import type { Item } from '@attune/sdk';
import { gatewayForAll } from './testing/test-gateway.js';
import { TEST_NOW } from './testing/test-platform.js';

const gateway = gatewayForAll();
const { call, problem } = gateway;

const purchase = (id: string, userId: string, itemId: string) => ({ id, type: 'purchase', userId, itemId });

describe('items', () => {
  it('keeps good rows, names bad ones, and has the good ones embedded', async () => {
    const rows = [{ id: 'a', title: 'Lunch box' }, { id: 'b' }, 7, { id: 'c', title: 'x', colour: 'red', size: 1 }];
    const answer = await call('POST', '/v1/items', { items: rows });
    expect(answer.status).toBe(202);
    expect(answer.json()).toMatchObject({
      accepted: 1,
      stale: 0,
      rejectedCount: 3,
      rejected: [
        { index: 1, id: 'b', code: 'VALIDATION_FAILED', pointer: '/items/1/title' },
        { index: 2, code: 'VALIDATION_FAILED', pointer: '/items/2' },
        { index: 3, id: 'c', code: 'VALIDATION_FAILED', pointer: '/items/3/colour' },
      ],
      jobId: expect.any(String),
    });
    expect((await call('GET', `/v1/jobs/${answer.json<{ jobId: string }>().jobId}`)).json()).toMatchObject({
      type: 'embed',
    });
  });

  it('enqueues no job where nothing was accepted', async () => {
    expect((await call('POST', '/v1/items', { items: [] })).json()).toEqual({
      ...{ accepted: 0, stale: 0, rejected: [], rejectedCount: 0 },
    });
  });

  it('lets the last of the same id win, and ignores an older version', async () => {
    const items = [
      { id: 'twice', title: 'first' },
      { id: 'twice', title: 'second' },
    ];
    expect((await call('POST', '/v1/items', { items })).json()).toMatchObject({ accepted: 2, stale: 0 });
    const old = { id: 'twice', title: 'old', updatedAt: '2001-01-01T00:00:00Z' };
    expect((await call('POST', '/v1/items', { items: [old] })).json()).toMatchObject({ accepted: 0, stale: 1 });
    expect((await call('GET', '/v1/items/twice')).json()).toMatchObject({ title: 'second' });
  });

  it.each(['a/b', '🍱 box', '...', 'x?y#z%', 'ü'.repeat(256), '商'.repeat(256)])(
    'reaches the id %j by its path',
    async (id) => {
      const path = `/v1/items/${encodeURIComponent(id)}`;
      await call('POST', '/v1/items', { items: [{ id, title: 'odd' }] });
      expect((await call('GET', path)).json()).toMatchObject({ id, title: 'odd' });
      expect((await call('GET', `${path}/similar`)).status).toBe(200);
      expect((await call('DELETE', path)).status).toBe(204);
      await problem(await call('GET', path), 404, 'ITEM_NOT_FOUND');
      await problem(await call('DELETE', path), 404, 'ITEM_NOT_FOUND');
      await problem(await call('GET', `${path}/similar`), 404, 'ITEM_NOT_FOUND');
    },
  );

  it('reads and deletes many', async () => {
    await call('POST', '/v1/items', { items: ['m1', 'm2'].map((id) => ({ id, title: id })) });
    const many = (await call('POST', '/v1/items/get', { ids: ['m2', 'none', 'm1'] })).json<{
      items: Item[];
      missing: string[];
    }>();
    expect(many.items.map(({ id }) => id)).toEqual(['m2', 'm1']);
    expect(many.missing).toEqual(['none']);
    expect((await call('POST', '/v1/items/delete', { ids: ['m1', 'm2', 'none'] })).json()).toEqual({ deleted: 2 });
  });

  it('patches by merging, one patch after the other', async () => {
    const item = { id: 'p', title: 'Pan', brand: 'Acme', attributes: { color: 'red', size: 3 } };
    await call('POST', '/v1/items', { items: [item] });
    const merge = { 'content-type': 'application/merge-patch+json' };
    const patches = [{ brand: null }, { attributes: { color: 'blue' } }, { title: 'Wok' }];
    await Promise.all(patches.map((patch) => call('PATCH', '/v1/items/p', patch, merge)));
    const { updatedAt: _, ...stored } = (await call('GET', '/v1/items/p')).json<Item>();
    expect(stored).toEqual({ id: 'p', title: 'Wok', attributes: { color: 'blue', size: 3 } });
    await problem(await call('PATCH', '/v1/items/p', { id: 'q' }), 400, 'VALIDATION_FAILED');
    await problem(await call('PATCH', '/v1/items/p', { title: null }), 400, 'VALIDATION_FAILED');
    await problem(await call('PATCH', '/v1/items/none', { title: 'x' }), 404, 'ITEM_NOT_FOUND');
  });
});

describe('events', () => {
  it('counts an id once, whichever request brings it', async () => {
    const events = [purchase('e1', 'u1', 'a'), purchase('e1', 'u1', 'a'), purchase('e2', 'u1', 'b')];
    const none = { rejected: [], rejectedCount: 0 };
    expect((await call('POST', '/v1/events', { events })).json()).toEqual({ accepted: 2, duplicates: 1, ...none });
    expect((await call('POST', '/v1/events', { events })).json()).toEqual({ accepted: 0, duplicates: 3, ...none });
  });

  it('refuses rows of unknown types, of the future, and of nobody, with the fix', async () => {
    const at = (ms: number) => new Date(TEST_NOW + ms).toISOString();
    const events = [
      { ...purchase('f1', 'u', 'a'), type: 'stare' },
      { ...purchase('f2', 'u', 'a'), at: at(5 * 60_000 + 1) },
      { id: 'f3', type: 'view', itemId: 'a' },
      { ...purchase('f4', 'u', 'a'), at: at(5 * 60_000), type: 'wish' },
      { ...purchase('f5', 'u', 'a'), at: '1969-12-31T23:59:59Z' },
      { ...purchase('f6', 'u', 'a'), at: '1970-01-01T00:00:00Z' },
      { ...purchase('f7', 'u', 'a'), at: '2101-01-01T00:00:00Z' },
      { ...purchase('f8', 'u', 'a'), type: 'constructor' },
      { ...purchase('f9', 'u', 'a'), type: 'identify', anonymousId: 'v' },
    ];
    const answer = (await call('POST', '/v1/events', { events })).json<{ rejected: object[] }>();
    expect(answer).toMatchObject({ accepted: 2, duplicates: 0 });
    expect(answer.rejected).toMatchObject([
      {
        index: 0,
        id: 'f1',
        code: 'UNKNOWN_EVENT_TYPE',
        pointer: '/events/0/type',
        message: expect.stringContaining('weights'),
      },
      { index: 1, id: 'f2', code: 'AT_IN_FUTURE', pointer: '/events/1/at' },
      { index: 2, id: 'f3', pointer: '/events/2/userId' },
      { index: 4, id: 'f5', pointer: '/events/4/at' },
      { index: 6, id: 'f7', pointer: '/events/6/at' },
      { index: 7, id: 'f8', code: 'UNKNOWN_EVENT_TYPE', pointer: '/events/7/type' },
      { index: 8, id: 'f9', code: 'UNKNOWN_EVENT_TYPE', message: expect.stringContaining('/identities/') },
    ]);
  });

  it('gives an event without a time the time it arrived', async () => {
    await call('POST', '/v1/events', { events: [{ id: 'now', type: 'view', userId: 'timeless', itemId: 'a' }] });
    const { at } = await gateway.tenant.stores.events.history({ userId: 'timeless' }, TEST_NOW);
    expect([...at]).toEqual([TEST_NOW]);
  });
});
