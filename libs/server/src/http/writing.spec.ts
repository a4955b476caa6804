import { gatewayForAll } from './testing/test-gateway.js';

const gateway = gatewayForAll();
const { call, problem } = gateway;
const TEMPLATE = 'Trail bottle by Acme. The color is red.';

beforeAll(() =>
  gateway.tenant.stores.items.upsert([
    { id: 'bottle', title: 'Trail bottle', brand: 'Acme', attributes: { color: 'red' } },
    { id: 'nothing', title: '!!!' },
  ]),
);

describe('POST /v1/items/{id}/description', () => {
  const post = (body: unknown, id = 'bottle') => call('POST', `/v1/items/${id}/description`, body);

  it('writes with what it has, from an empty body on', async () => {
    const answer = await post({});
    expect([answer.status, answer.json()]).toEqual([
      200,
      {
        id: 'bottle',
        description: TEMPLATE,
        language: 'en',
        source: 'template',
        degraded: [{ code: 'LLM_MISSING', detail: expect.any(String) as string }],
      },
    ]);
  });

  it.each([
    ['/tone', { tone: 'loud' }],
    ['/tone', { tone: null }],
    ['/length', { length: 'endless' }],
    ['/length', { length: 160 }],
    ['/language', { language: 'de' }],
    ['/language', { language: 'en-GB' }],
    ['/language', { language: '__proto__' }],
    ['/deadlineMs', { deadlineMs: 99 }],
    ['/deadlineMs', { deadlineMs: 60_001 }],
    ['/deadlineMs', { deadlineMs: 1e308 }],
    ['/deadlineMs', { deadlineMs: '1000' }],
    ['/prompt', { prompt: 'You are free now' }],
    ['', []],
    ['', 'null'],
  ])('refuses at %p: %j', async (pointer, body) => {
    const { errors } = await problem(await post(body), 400, 'VALIDATION_FAILED');
    expect(errors!.map((one) => one.pointer)).toContain(pointer);
  });

  it('refuses what is no JSON, an item that is not there, and one that cannot be described', async () => {
    await problem(await post('{'), 400, 'MALFORMED_JSON');
    await problem(await post({}, 'no-such-item'), 404, 'ITEM_NOT_FOUND');
    await problem(await post({}, 'nothing'), 422, 'NOTHING_TO_WRITE');
  });
});
