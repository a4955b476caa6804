import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createGateway } from './create-gateway.js';
import { problemSchema } from './problems/problem.schema.js';
import { openTestPlatform, TEST_NOW, type TestPlatform } from './testing/test-platform.js';

let platform: TestPlatform;
let app: NestFastifyApplication;

beforeAll(async () => {
  platform = await openTestPlatform();
  app = await createGateway(platform, { version: '1.2.3' });
});
afterAll(async () => {
  await app.close();
  await platform.close();
});

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'PUT';

async function call(method: Method, url: string, body?: unknown, headers: Record<string, string> = {}) {
  const payload = body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) };
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  const answer = await app.inject({ method, url, ...payload, headers: { ...type, ...headers } });
  return { status: answer.statusCode, headers: answer.headers, text: answer.body, json: () => JSON.parse(answer.body) };
}

/** A problem with this status and code, well formed, about this very request. */
async function problem(answer: Awaited<ReturnType<typeof call>>, status: number, code: string) {
  expect({ status: answer.status, body: answer.json() }).toMatchObject({ status, body: { code, status } });
  expect(answer.headers['content-type']).toBe('application/problem+json');
  const read = problemSchema.parse(answer.json());
  expect(read.type).toBe(`/docs/errors/${code}`);
  expect(read.instance).toBe(answer.headers['x-request-id']);
  expect((await call('GET', read.type)).status).toBe(200);
  return read;
}

const purchase = (id: string, userId: string, itemId: string) => ({ id, type: 'purchase', userId, itemId });

describe('items', () => {
  it('keeps good rows, names bad ones, and has the good ones embedded', async () => {
    const rows = [{ id: 'a', title: 'Lunch box' }, { id: 'b' }, 7, { id: 'c', title: 'x', colour: 'red', size: 1 }];
    const answer = await call('POST', '/v1/items', { items: rows });
    expect(answer.status).toBe(202);
    expect(answer.json()).toMatchObject({
      accepted: 1,
      stale: 0,
      rejected: [
        { index: 1, id: 'b', code: 'VALIDATION_FAILED', pointer: '/items/1/title' },
        { index: 2, code: 'VALIDATION_FAILED', pointer: '/items/2' },
        { index: 3, id: 'c', code: 'VALIDATION_FAILED', pointer: '/items/3/colour' },
      ],
      jobId: expect.any(String),
    });
    expect((await call('GET', `/v1/jobs/${answer.json().jobId}`)).json()).toMatchObject({ type: 'embed' });
  });

  it('enqueues no job where nothing was accepted', async () => {
    expect((await call('POST', '/v1/items', { items: [] })).json()).toEqual({ accepted: 0, stale: 0, rejected: [] });
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
    const many = (await call('POST', '/v1/items/get', { ids: ['m2', 'none', 'm1'] })).json();
    expect(many.items.map(({ id }: { id: string }) => id)).toEqual(['m2', 'm1']);
    expect(many.missing).toEqual(['none']);
    expect((await call('POST', '/v1/items/delete', { ids: ['m1', 'm2', 'none'] })).json()).toEqual({ deleted: 2 });
  });

  it('patches by merging, one patch after the other', async () => {
    const item = { id: 'p', title: 'Pan', brand: 'Acme', attributes: { color: 'red', size: 3 } };
    await call('POST', '/v1/items', { items: [item] });
    const merge = { 'content-type': 'application/merge-patch+json' };
    const patches = [{ brand: null }, { attributes: { color: 'blue' } }, { title: 'Wok' }];
    await Promise.all(patches.map((patch) => call('PATCH', '/v1/items/p', patch, merge)));
    const { updatedAt: _, ...stored } = (await call('GET', '/v1/items/p')).json();
    expect(stored).toEqual({ id: 'p', title: 'Wok', attributes: { color: 'blue', size: 3 } });
    await problem(await call('PATCH', '/v1/items/p', { id: 'q' }), 400, 'VALIDATION_FAILED');
    await problem(await call('PATCH', '/v1/items/p', { title: null }), 400, 'VALIDATION_FAILED');
    await problem(await call('PATCH', '/v1/items/none', { title: 'x' }), 404, 'ITEM_NOT_FOUND');
  });
});

describe('events', () => {
  it('counts an id once, whichever request brings it', async () => {
    const events = [purchase('e1', 'u1', 'a'), purchase('e1', 'u1', 'a'), purchase('e2', 'u1', 'b')];
    expect((await call('POST', '/v1/events', { events })).json()).toEqual({ accepted: 2, duplicates: 1, rejected: [] });
    expect((await call('POST', '/v1/events', { events })).json()).toEqual({ accepted: 0, duplicates: 3, rejected: [] });
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
    ];
    const answer = (await call('POST', '/v1/events', { events })).json();
    expect(answer).toMatchObject({ accepted: 2, duplicates: 0 });
    expect(answer.rejected).toMatchObject([
      {
        index: 0,
        id: 'f1',
        code: 'VALIDATION_FAILED',
        pointer: '/events/0/type',
        message: expect.stringContaining('weights'),
      },
      { index: 1, id: 'f2', code: 'AT_IN_FUTURE', pointer: '/events/1/at' },
      { index: 2, id: 'f3', pointer: '/events/2/userId' },
      { index: 4, id: 'f5', pointer: '/events/4/at' },
      { index: 6, id: 'f7', pointer: '/events/6/at' },
      { index: 7, id: 'f8', pointer: '/events/7/type' },
    ]);
  });

  it('gives an event without a time the time it arrived', async () => {
    await call('POST', '/v1/events', { events: [{ id: 'now', type: 'view', userId: 'timeless', itemId: 'a' }] });
    const { at } = platform.tenants.get('default')!.stores.events.history({ userId: 'timeless' }, TEST_NOW);
    expect([...at]).toEqual([TEST_NOW]);
  });
});

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

  const ids = (answer: { json: () => { items: { id: string }[] } }) => answer.json().items.map(({ id }) => id);

  it('shows an acknowledged event in the very next slate', async () => {
    const ask = { surface: 'home', userId: 'buyer', filter: { brand: 'Acme' } };
    expect(ids(await call('POST', '/v1/recommendations', ask))).toContain('s1');
    platform.clock.set(TEST_NOW + 1000);
    await call('POST', '/v1/events', { events: [purchase('z1', 'buyer', 's1')] });
    expect(ids(await call('POST', '/v1/recommendations', ask))).not.toContain('s1');
    expect(ids(await call('POST', '/v1/recommendations', { ...ask, seen: 'include' }))).toContain('s1');
    const before = new Date(TEST_NOW + 999).toISOString();
    expect(ids(await call('POST', '/v1/recommendations', { ...ask, at: before }))).toContain('s1');
    platform.clock.set(TEST_NOW);
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
    platform.ready = false;
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
      platform.ready = true;
    }
    expect((await call('GET', '/health/ready')).json()).toEqual({ status: 'ok', version: '1.2.3' });
  });
});

describe('jobs', () => {
  it('runs a job that can then be read and not be canceled', async () => {
    const answer = await call('POST', '/v1/jobs', { type: 'train', use: ['ease'] });
    expect(answer.status).toBe(202);
    const { jobId } = answer.json();
    await platform.tenants.get('default')!.jobs.ended(jobId);
    expect((await call('GET', `/v1/jobs/${jobId}`)).json()).toMatchObject({
      id: jobId,
      type: 'train',
      state: 'completed',
    });
    expect((await call('GET', '/v1/jobs')).json().jobs[0]).toMatchObject({ id: jobId });
    await problem(await call('DELETE', `/v1/jobs/${jobId}`), 409, 'JOB_NOT_CANCELABLE');
    await problem(await call('GET', '/v1/jobs/none'), 404, 'JOB_NOT_FOUND');
    await problem(await call('DELETE', '/v1/jobs/none'), 404, 'JOB_NOT_FOUND');
    await problem(await call('POST', '/v1/jobs', { type: 'sing' }), 400, 'VALIDATION_FAILED');
  });
});

describe('the envelope', () => {
  it.each(['/v1/items', '/v1/events'])('bounds the rows of %s', async (path) => {
    const key = path.slice('/v1/'.length);
    expect((await call('POST', path, { [key]: Array(10_000).fill(0) })).status).toBe(202);
    await problem(await call('POST', path, { [key]: Array(10_001).fill(0) }), 400, 'TOO_MANY_ROWS');
    await problem(await call('POST', path, { [key]: {} }), 400, 'VALIDATION_FAILED');
    await problem(await call('POST', path, { [key]: [], more: 1 }), 400, 'VALIDATION_FAILED');
    await problem(await call('POST', path, {}), 400, 'VALIDATION_FAILED');
  });

  it('bounds the bytes', async () => {
    const body = JSON.stringify({ events: [], filler: 'x'.repeat(8 * 1024 * 1024) });
    await problem(await call('POST', '/v1/events', body), 413, 'PAYLOAD_TOO_LARGE');
  });

  it('reads JSON and nothing else', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/xml',
    ])
      await problem(
        await call('POST', '/v1/search', 'query=x', { 'content-type': type }),
        415,
        'UNSUPPORTED_MEDIA_TYPE',
      );
    expect(
      (await call('POST', '/v1/search', { query: 'x' }, { 'content-type': 'application/json; charset=utf-8' })).status,
    ).toBe(200);
  });

  it('names at most 20 faults, each with a pointer', async () => {
    const body = { surface: 'home', ...Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`a/b~${i}`, 1])) };
    const { errors } = await problem(await call('POST', '/v1/recommendations', body), 400, 'VALIDATION_FAILED');
    expect(errors).toHaveLength(20);
    expect(errors?.[0]?.pointer).toBe('/a~1b~00');
  });

  it('tells an unknown path from a wrong method', async () => {
    await problem(await call('GET', '/nowhere?userId=secret'), 404, 'ROUTE_NOT_FOUND');
    await problem(await call('GET', '/v1/items//similar'), 404, 'ROUTE_NOT_FOUND');
    const answer = await call('PUT', '/v1/items/a');
    await problem(answer, 405, 'METHOD_NOT_ALLOWED');
    expect(answer.headers['allow']).toBe('DELETE, GET, HEAD, PATCH');
  });

  it('refuses a path that cannot be decoded', async () => {
    for (const path of ['/v1/items/%', '/v1/items/%zz', '/v1/items/%ff', '/%'])
      await problem(await call('GET', path), 400, 'VALIDATION_FAILED');
  });

  it('echoes a request id of visible ASCII, and makes one otherwise', async () => {
    const idOf = async (sent: string) =>
      (await call('GET', '/health/live', undefined, { 'x-request-id': sent })).headers['x-request-id'];
    expect(await idOf('order-17')).toBe('order-17');
    expect(await idOf('~'.repeat(128))).toBe('~'.repeat(128));
    for (const odd of ['', 'a b', 'x'.repeat(129), 'ü']) expect(await idOf(odd)).toMatch(/^[0-9a-f-]{36}$/);
  });
});
