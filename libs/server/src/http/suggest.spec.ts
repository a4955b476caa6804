import type { Suggestions } from './operations/suggest.operations.js';
import { gatewayForAll } from './testing/test-gateway.js';

const KEYS = { mine: 'key-of-the-default-tenant', theirs: 'key-of-a-rival-tenant' };
const as = (key: keyof typeof KEYS) => ({ authorization: `Bearer ${KEYS[key]}` });

const gateway = gatewayForAll({ keys: { [KEYS.mine]: 'default', [KEYS.theirs]: 'rival' } });
const { call, problem } = gateway;

beforeAll(async () => {
  const items = [
    { id: 'l1', title: 'Spaceboy lunch box', categories: ['Lunch boxes'] },
    { id: 'l2', title: 'Dolly girl lunch box', categories: ['Lunch boxes'], brand: 'Dolly & Co' },
    { id: 'm1', title: 'Lucky cat mug', categories: ['Mugs'] },
  ];
  await call('POST', '/v1/items', { items }, as('mine'));
});

const ask = (query: Readonly<Record<string, string>>, key: keyof typeof KEYS = 'mine') =>
  call('GET', `/v1/suggest?${new URLSearchParams(query).toString()}`, undefined, as(key));
const suggested = async (query: Readonly<Record<string, string>>, key?: keyof typeof KEYS) => {
  const answer = await ask(query, key);
  expect(answer.status).toBe(200);
  return answer.json<Suggestions>().suggestions;
};
const tell = (...events: readonly object[]) => call('POST', '/v1/events', { events }, as('mine'));

describe('GET /v1/suggest', () => {
  it('completes and corrects', async () => {
    expect(await suggested({ q: 'lun', limit: '2' })).toEqual([
      { text: 'Lunch boxes', kind: 'category' },
      { text: 'Spaceboy lunch box', kind: 'title' },
    ]);
    expect(await suggested({ q: 'lumch boxe', limit: '1' })).toEqual([
      { text: 'Lunch boxes', kind: 'category', correctedFrom: 'lumch boxe' },
    ]);
    expect((await suggested({ q: '' })).length).toBeGreaterThan(3);
    expect(await suggested({ q: 'zebra' })).toEqual([]);
  });

  it('knows the person: own queries and what was taken up, unless consent is off', async () => {
    await tell(
      { id: 's1', type: 'search', userId: 'ann', query: 'lunch for school' },
      { id: 'v1', type: 'purchase', userId: 'ann', itemId: 'm1' },
    );
    const first = async (userId: string) => (await suggested({ q: 'lu', userId })).map(({ text }) => text);
    expect((await first('ann'))[0]).toBe('lunch for school');
    expect(await first('bob')).not.toContain('lunch for school');
    expect((await first('ann')).indexOf('Lucky cat mug')).toBeLessThan(
      (await first('ann')).indexOf('Spaceboy lunch box'),
    );
    await call('PUT', '/v1/users/ann', { consent: { profiling: false } }, as('mine'));
    expect(await first('ann')).toEqual(await first('nobody'));
  });

  it.each([
    ['one', (id: string, profiling: boolean) => call('PUT', `/v1/users/${id}`, { consent: { profiling } }, as('mine'))],
    [
      'many',
      (id: string, profiling: boolean) =>
        call('POST', '/v1/users', { users: [{ id: 'else' }, { id, consent: { profiling } }] }, as('mine')),
    ],
  ] as const)('drops and takes up the queries of %s whose consent changes', async (name, allow) => {
    const [shy, other] = [`shy-${name}`, `other-${name}`];
    const query = `lumen for ${name}`;
    await tell(...[shy, other].map((userId) => ({ id: `c-${userId}`, type: 'search', userId, query })));
    const known = async () => (await suggested({ q: 'lume' })).some(({ text }) => text === query);
    expect(await known()).toBe(true);
    await allow(shy, false);
    expect(await known()).toBe(false);
    await allow(shy, true);
    expect(await known()).toBe(true);
  });

  it('puts what begins with the typed letters before what has them later', async () => {
    await call('POST', '/v1/items', { items: [{ id: 'b1', title: 'Lunch bag spotted' }] }, as('mine'));
    const titles = (await suggested({ q: 'lunch' })).filter(({ kind }) => kind === 'title').map(({ text }) => text);
    expect(titles).toEqual(['Lunch bag spotted', 'Spaceboy lunch box', 'Dolly girl lunch box']);
    await call('DELETE', '/v1/items/b1', undefined, as('mine'));
  });

  it('shows nothing of another tenant', async () => {
    await tell(...['u1', 'u2'].map((userId) => ({ id: `q-${userId}`, type: 'search', userId, query: 'lunch secret' })));
    expect((await suggested({ q: 'lun' }))[0]?.text).toBe('lunch secret');
    expect(await suggested({ q: 'lun' }, 'theirs')).toEqual([]);
    expect(await suggested({ q: 'lun', userId: 'u1' }, 'theirs')).toEqual([]);
  });

  it('drops the queries of someone who is erased', async () => {
    await tell(...['v1', 'v2'].map((userId) => ({ id: `p-${userId}`, type: 'search', userId, query: 'lunar lamp' })));
    expect((await suggested({ q: 'luna' }))[0]?.text).toBe('lunar lamp');
    await gateway.tenant.lexicon.forget({ userIds: ['v1'], anonymousIds: [] });
    const left = (await suggested({ q: 'luna', userId: 'v1' })).map(({ text }) => text);
    expect(left).not.toContain('lunar lamp');
  });

  it.each([
    { q: 'x'.repeat(201) },
    { q: 'a', limit: '0' },
    { q: 'a', limit: '21' },
    { q: 'a', limit: '1e9' },
    { q: 'a', limit: 'ten' },
    { q: 'a', userId: '' },
    { q: 'a', color: 'red' },
    {},
  ])('refuses %j', async (query) => {
    await problem(await ask(query as Record<string, string>), 400, 'VALIDATION_FAILED');
  });

  it('takes hostile queries', async () => {
    const hostile = [
      '(a+)+$',
      '<b>x</b>',
      '\0',
      '😀'.repeat(99),
      '保'.repeat(200),
      "'; DROP",
      '__proto__',
      'a '.repeat(100),
    ];
    for (const q of hostile) await suggested({ q, userId: 'a/😀' });
    for (const raw of ['q=%ED%A0%80', 'q=%', 'q=a&q=b']) {
      const answer = await call('GET', `/v1/suggest?${raw}`, undefined, as('mine'));
      expect(answer.status).toBeLessThan(500);
    }
  });

  it('waits for the pipelines', async () => {
    gateway.platform.ready = false;
    try {
      await problem(await ask({ q: 'a' }), 503, 'NOT_READY');
    } finally {
      gateway.platform.ready = true;
    }
  });
});
