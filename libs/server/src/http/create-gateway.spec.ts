import { gatewayForAll } from './testing/test-gateway.js';

const gateway = gatewayForAll();
const { call, problem } = gateway;

describe('jobs', () => {
  it('runs a job that can then be read and not be canceled', async () => {
    const answer = await call('POST', '/v1/jobs', { type: 'train' });
    expect(answer.status).toBe(202);
    const { jobId } = answer.json<{ jobId: string }>();
    await gateway.tenant.jobs.ended(jobId);
    expect((await call('GET', `/v1/jobs/${jobId}`)).json()).toMatchObject({
      id: jobId,
      type: 'train',
      state: 'completed',
    });
    expect((await call('GET', '/v1/jobs')).json<{ jobs: object[] }>().jobs[0]).toMatchObject({ id: jobId });
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

  it('bounds the bytes of a model at 128 MiB, and says so', async () => {
    const headers = { 'content-length': String(129 * 1024 * 1024) };
    const { detail } = await problem(await call('PUT', '/v1/models/mine', '{}', headers), 413, 'PAYLOAD_TOO_LARGE');
    expect(detail).toBe('the body is larger than 128 MiB: it is the most that this call takes');
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
