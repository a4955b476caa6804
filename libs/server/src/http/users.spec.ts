import type { StoredEvent, User } from '@attune/sdk';
import { gatewayForEach } from './testing/test-gateway.js';
import { TEST_NOW } from './testing/test-platform.js';

const gateway = gatewayForEach();
const { call, problem } = gateway;

interface Exported {
  readonly user: User;
  readonly events: readonly StoredEvent[];
  readonly anonymousIds: readonly string[];
  readonly slates: readonly { readonly slateId: string }[];
  readonly records: readonly unknown[];
}

const tenant = () => gateway.tenant;
const history = async (who: { userId?: string; anonymousId?: string }) =>
  (await tenant().stores.events.history(who, TEST_NOW)).items;
const view = (id: string, more: object) => ({ id, type: 'view', itemId: id, ...more });
const send = (...events: readonly object[]) => call('POST', '/v1/events', { events });

describe('describing users', () => {
  it('keeps good rows, names bad ones; the last of the same id wins', async () => {
    const users = [
      { id: 'a', attributes: { n: 1 } },
      { id: 'a', attributes: { n: 2 } },
      { id: '' },
      { id: 'b', age: 3 },
    ];
    const answer = await call('POST', '/v1/users', { users });
    expect([answer.status, answer.json()]).toEqual([
      202,
      {
        accepted: 2,
        rejected: [
          { index: 2, id: '', code: 'VALIDATION_FAILED', message: expect.any(String), pointer: '/users/2/id' },
          { index: 3, id: 'b', code: 'VALIDATION_FAILED', message: expect.any(String), pointer: '/users/3/age' },
        ],
        rejectedCount: 2,
      },
    ]);
    expect((await call('GET', '/v1/users/a')).json()).toEqual({ id: 'a', attributes: { n: 2 } });
    await problem(await call('GET', '/v1/users/b'), 404, 'USER_NOT_FOUND');
  });

  it.each(['a/b', '🍱 box', '...', 'x?y#z%', '商'.repeat(256)])('reaches the id %j by its path', async (id) => {
    const path = `/v1/users/${encodeURIComponent(id)}`;
    const user = { consent: { profiling: false } };
    expect((await call('PUT', path, user)).json()).toEqual({ id, ...user });
    expect((await call('PUT', path, { id, attributes: { plan: 'gold' } })).status).toBe(200);
    expect((await call('GET', path)).json()).toEqual({ id, attributes: { plan: 'gold' } });
  });

  it('refuses what is no user', async () => {
    for (const body of [[], 7, { id: 'other' }, { consent: {} }, { consent: { profiling: 'no' } }, { more: 1 }])
      await problem(await call('PUT', '/v1/users/a', body), 400, 'VALIDATION_FAILED');
    await problem(await call('PUT', '/v1/users/a%00', {}), 400, 'VALIDATION_FAILED');
    await problem(await call('PUT', `/v1/users/${'x'.repeat(257)}`, {}), 400, 'VALIDATION_FAILED');
    await problem(await call('PUT', '/v1/users/a', undefined), 400, 'MALFORMED_JSON');
    await problem(await call('GET', '/v1/users/a'), 404, 'USER_NOT_FOUND');
  });

  it('knows a user by an event alone, whatever it is', async () => {
    await send({ id: 's', type: 'search', userId: 'ann', query: 'pan' });
    expect((await call('GET', '/v1/users/ann')).json()).toEqual({ id: 'ann' });
  });
});

describe('identities', () => {
  it('join what a visitor did to the user, once; the newest join wins', async () => {
    await send(view('before', { anonymousId: 'v/1' }));
    const join = (user: string) => call('PUT', `/v1/users/${user}/identities/v%2F1`);
    for (let i = 0; i < 3; i++) expect([(await join('ann')).status, (await join('ann')).text]).toEqual([204, '']);
    expect(await tenant().stores.events.size()).toBe(2);
    expect(await history({ userId: 'ann' })).toContain('before');
    gateway.platform.clock.set(TEST_NOW + 1);
    await join('bob');
    gateway.platform.clock.set(TEST_NOW + 2);
    await join('ann');
    expect(await tenant().stores.events.usersOf(['v/1'], TEST_NOW + 1)).toEqual(['bob']);
    expect(await tenant().stores.events.usersOf(['v/1'], TEST_NOW + 2)).toEqual(['ann']);
    expect((await call('GET', '/v1/users/bob')).json()).toEqual({ id: 'bob' });
  });

  it('take ids only', async () => {
    await problem(await call('PUT', '/v1/users/a%01/identities/v'), 400, 'VALIDATION_FAILED');
    await problem(await call('PUT', `/v1/users/a/identities/${'x'.repeat(257)}`), 400, 'VALIDATION_FAILED');
    expect(await tenant().stores.events.size()).toBe(0);
  });
});

describe('an export', () => {
  it('holds everything, events as they were sent', async () => {
    const at = '2026-11-20T12:00:00+02:00';
    const sent = [
      view('1', { anonymousId: 'v', at, context: { device: 'phone' } }),
      { id: '2', type: 'purchase', userId: 'ann', itemIds: ['x', 'y'], value: 3.5, at, sessionId: 's', position: 4 },
      { id: '3', type: 'rating', userId: 'ann', itemId: 'x', value: 4 },
    ];
    await send(...sent, view('other', { userId: 'bob' }));
    await call('PUT', '/v1/users/ann', { attributes: { plan: 'gold' } });
    await call('PUT', '/v1/users/ann/identities/v');
    for (const [slateId, who] of [
      ['s1', { userId: 'ann' }],
      ['s2', { anonymousId: 'v' }],
      ['s3', { userId: 'bob' }],
    ] as const)
      tenant().stores.slates.record({
        ...{ slateId, ...who, at: new Date(TEST_NOW).toISOString(), surface: 'home', request: {}, digest: 'd' },
        ...{ items: [], scores: [], propensities: [], total: 0, sampled: [], degraded: [] },
      });
    await tenant().stores.records.put('taste', [
      { id: 'ann/1', value: { likes: ['红色'] }, userId: 'ann', state: 'open' },
      { id: 'bob', value: 1, userId: 'bob' },
    ]);
    const exported = (await call('GET', '/v1/users/ann/export')).json<Exported>();
    expect(exported.events).toEqual([sent[0], sent[1], { ...sent[2], at: new Date(TEST_NOW).toISOString() }]);
    expect(exported.user).toEqual({ id: 'ann', attributes: { plan: 'gold' } });
    expect(exported.anonymousIds).toEqual(['v']);
    expect(exported.slates.map(({ slateId }) => slateId)).toEqual(['s1', 's2']);
    expect(exported.records).toEqual([{ kind: 'taste', id: 'ann/1', value: { likes: ['红色'] } }]);
    await problem(await call('GET', '/v1/users/nobody/export'), 404, 'USER_NOT_FOUND');
  });
});
