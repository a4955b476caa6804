import type { TestAnswer } from './testing/test-calls.js';
import { gatewayForAll } from './testing/test-gateway.js';
import { TEST_NOW } from './testing/test-platform.js';

const gateway = gatewayForAll();
const { call, problem } = gateway;

const purchase = (id: string, userId: string, itemId: string) => ({ id, type: 'purchase', userId, itemId });

describe('slates', () => {
  beforeAll(async () => {
    const items = ['s1', 's2', 's3'].map((id, i) => ({
      id,
      title: `Teapot ${i}`,
      brand: 'Acme',
      attributes: { color: 'red', size: i },
    }));
    await call('POST', '/v1/items', { items });
    const events = items.flatMap(({ id }, i) => [purchase(`x${i}`, 'crowd', id), purchase(`y${i}`, `u-${i}`, id)]);
    await call('POST', '/v1/events', { events });
  });

  const ids = (answer: TestAnswer) => answer.json<{ items: { id: string }[] }>().items.map(({ id }) => id);

  it('shows an acknowledged event in the very next slate', async () => {
    const ask = { surface: 'home', userId: 'buyer', filter: { brand: 'Acme' } };
    expect(ids(await call('POST', '/v1/recommendations', ask))).toContain('s1');
    gateway.platform.clock.set(TEST_NOW + 1000);
    await call('POST', '/v1/events', { events: [purchase('z1', 'buyer', 's1')] });
    expect(ids(await call('POST', '/v1/recommendations', ask))).not.toContain('s1');
    expect(ids(await call('POST', '/v1/recommendations', { ...ask, seen: 'include' }))).toContain('s1');
    const before = new Date(TEST_NOW + 999).toISOString();
    expect(ids(await call('POST', '/v1/recommendations', { ...ask, at: before }))).toContain('s1');
    gateway.platform.clock.set(TEST_NOW);
  });

  it('answers the same request id with the same slate id', async () => {
    const ask = () => call('POST', '/v1/recommendations', { surface: 'home' }, { 'x-request-id': 'mine' });
    const [first, second] = [await ask(), await ask()];
    expect(first.headers['x-request-id']).toBe('mine');
    expect(second.json().slateId).toBe(first.json().slateId);
  });

  it('searches with a total and the query', async () => {
    const answer = await call('POST', '/v1/search', { query: 'teapot', limit: 2 });
    expect(answer.json()).toMatchObject({ surface: 'search', total: 3, query: { text: 'teapot' } });
    expect(ids(answer)).toHaveLength(2);
  });

  it('shows similar items by limit and filter, never the item itself', async () => {
    const filter = encodeURIComponent(JSON.stringify({ brand: 'Acme', id: { $ne: 's2' } }));
    const answer = await call('GET', `/v1/items/s1/similar?limit=5&filter=${filter}`);
    expect(answer.json()).toMatchObject({ surface: 'item' });
    expect(ids(answer)).toEqual(['s3']);
    for (const query of [
      'limit=0',
      'limit=-1',
      'limit=1e9',
      'limit=x',
      'limit=',
      'limit=1&limit=2',
      'filter={',
      'more=1',
    ])
      await problem(await call('GET', `/v1/items/s1/similar?${query}`), 400, 'VALIDATION_FAILED');
    await problem(await call('GET', '/v1/items/s1/similar?filter={"__proto__":{"x":1}}'), 400, 'VALIDATION_FAILED');
  });

  it.each([
    ['{"surface":"nowhere"}', 404, 'SURFACE_NOT_FOUND'],
    ['{"surface":"home","limit":0}', 400, 'VALIDATION_FAILED'],
    ['{"surface":"home","limit":-1}', 400, 'VALIDATION_FAILED'],
    ['{"surface":"home","limit":1e9}', 400, 'VALIDATION_FAILED'],
    ['{"surface":"home","limit":"5"}', 400, 'VALIDATION_FAILED'],
    ['{"surface":"home","unknown":1}', 400, 'VALIDATION_FAILED'],
    ['{"surface":"home","at":"yesterday"}', 400, 'VALIDATION_FAILED'],
    ['{"surface":"home","at":"1960-01-01T00:00:00Z"}', 400, 'VALIDATION_FAILED'],
    ['{"surface":"home","at":"2026-11-21T09:35:00.001Z"}', 400, 'AT_IN_FUTURE'],
    ['{"surface":"home","filter":{"attributes.size":1}}', 400, 'FIELD_NOT_FILTERABLE'],
    ['{"surface":"home","filter":{"$or":[{"brand":"x"},{"$not":{"constructor":"x"}}]}}', 400, 'FIELD_NOT_FILTERABLE'],
    ['{"surface":"home","filter":{"brand":{"$regex":"x"}}}', 400, 'VALIDATION_FAILED'],
    ['{"surface":"home","userId":""}', 400, 'VALIDATION_FAILED'],
    ['{"surface":"home","__proto__":{"limit":5}}', 400, 'MALFORMED_JSON'],
    ['{"surface":"home","context":{"constructor":{"prototype":{"x":1}}}}', 400, 'MALFORMED_JSON'],
    ['[]', 400, 'VALIDATION_FAILED'],
    ['null', 400, 'VALIDATION_FAILED'],
    ['"home"', 400, 'VALIDATION_FAILED'],
    ['', 400, 'MALFORMED_JSON'],
    ['{"surface":"home"', 400, 'MALFORMED_JSON'],
    ['\u0000', 400, 'MALFORMED_JSON'],
  ])('refuses %s', async (body, status, code) => {
    await problem(await call('POST', '/v1/recommendations', body), status, code);
  });

  it('says how to declare an attribute', async () => {
    const ask = (filter: object) => call('POST', '/v1/recommendations', { surface: 'home', filter });
    const undeclared = await problem(await ask({ 'attributes.size': 1 }), 400, 'FIELD_NOT_FILTERABLE');
    expect(undeclared.detail).toContain('attributes: { "size": { type: keyword } }');
    expect((await problem(await ask({ color: 'red' }), 400, 'FIELD_NOT_FILTERABLE')).detail).toContain(
      "'attributes.color'",
    );
    expect((await ask({ 'attributes.color': 'red' })).status).toBe(200);
  });

  it('refuses a filter nested 5,000 deep at once', async () => {
    const filter = `${'{"$not":'.repeat(5000)}{"brand":"x"}${'}'.repeat(5000)}`;
    await problem(
      await call('POST', '/v1/recommendations', `{"surface":"home","filter":${filter}}`),
      400,
      'VALIDATION_FAILED',
    );
  });

  it('takes moments from 1970 to now', async () => {
    for (const at of ['1970-01-01T00:00:00Z', '2000-02-29T12:00:00.123+14:00', '2026-11-21T09:34:59Z'])
      expect((await call('POST', '/v1/recommendations', { surface: 'home', at })).status).toBe(200);
  });

  it('waits for the pipelines', async () => {
    gateway.platform.ready = false;
    try {
      for (const answer of [
        await call('POST', '/v1/recommendations', { surface: 'home' }),
        await call('POST', '/v1/search', { query: 'x' }),
        await call('GET', '/v1/items/s1/similar'),
        await call('GET', '/health/ready'),
      ]) {
        expect(await problem(answer, 503, 'NOT_READY')).toMatchObject({ retryable: true });
        expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
      }
      expect((await call('GET', '/health/live')).status).toBe(200);
    } finally {
      gateway.platform.ready = true;
    }
    expect((await call('GET', '/health/ready')).json()).toEqual({ status: 'ok', version: '1.2.3' });
  });
});
