import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import pino from 'pino';
import { createGateway } from './create-gateway.js';
import { openTestPlatform, type TestPlatform } from './testing/test-platform.js';

const KEYS = { 'key-of-red-00000': 'red', 'key-of-blue-0000': 'blue' };

let platform: TestPlatform;
let app: NestFastifyApplication;
const log: string[] = [];

beforeAll(async () => {
  platform = await openTestPlatform({ keys: KEYS });
  const lines = new Writable({ write: (chunk, _, done) => (log.push(String(chunk)), done()) });
  app = await createGateway(platform, { version: '1.2.3', logger: pino({ level: 'info' }, lines) });
});
afterAll(async () => {
  await app.close();
  await platform.close();
});

const as = (authorization: string | undefined, method: 'GET' | 'POST', url: string, payload?: object) =>
  app.inject({
    method,
    url,
    ...(payload && { payload }),
    headers: authorization === undefined ? {} : { authorization },
  });

describe('keys', () => {
  it.each([
    undefined,
    '',
    'Bearer',
    'Bearer ',
    'Bearer no-such-key',
    'Basic a2V5',
    'key-of-red-00000',
    'Bearer __proto__',
  ])('refuses the header %p', async (header) => {
    const answer = await as(header, 'GET', '/v1/jobs');
    expect(answer.statusCode).toBe(401);
    expect(answer.json()).toMatchObject({ code: 'UNAUTHORIZED', retryable: false });
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer/);
  });

  it('asks for the key before it reads a body', async () => {
    const answer = await app.inject({
      method: 'POST',
      url: '/v1/events',
      payload: '{',
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.json()).toMatchObject({ code: 'UNAUTHORIZED' });
  });

  it('leaves health and documents open', async () => {
    for (const url of [
      '/health/live',
      '/health/ready',
      '/openapi.json',
      '/docs',
      '/docs/errors',
      '/docs/errors/INTERNAL',
    ])
      expect((await as(undefined, 'GET', url)).statusCode).toBe(200);
  });

  it('shows each tenant its own data', async () => {
    const items = [{ id: 'mine', title: 'Red only' }];
    expect((await as('Bearer key-of-red-00000', 'POST', '/v1/items', { items })).statusCode).toBe(202);
    expect((await as('bearer key-of-red-00000', 'GET', '/v1/items/mine')).statusCode).toBe(200);
    expect((await as('Bearer key-of-blue-0000', 'GET', '/v1/items/mine')).statusCode).toBe(404);
  });
});

describe('the log', () => {
  it('has a line a request, and nothing of a person in it', async () => {
    log.length = 0;
    const events = [{ id: 'e', type: 'view', userId: 'secret-user', itemId: 'secret-item' }];
    await as('Bearer key-of-red-00000', 'POST', '/v1/events?secret-query=1', { events });
    await as('Bearer key-of-red-00000', 'GET', '/v1/items/secret-item');
    await as(undefined, 'GET', '/secret-path');
    const lines = log.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toMatchObject([
      { method: 'POST', route: '/v1/events', status: 202, ms: expect.any(Number), requestId: expect.any(String) },
      { method: 'GET', route: '/v1/items/:id', status: 404 },
      { method: 'GET', status: 404 },
    ]);
    expect(log.join('')).not.toMatch(/secret|key-of/);
  });

  it('has the cause of a failure under the request id; the answer has none of it', async () => {
    log.length = 0;
    const { stores } = platform.tenants.get('blue')!;
    const closed = stores.events as unknown as { close(): Promise<void> };
    await closed.close();
    const events = [{ id: 'late', type: 'view', userId: 'u', itemId: 'i' }];
    const answer = await as('Bearer key-of-blue-0000', 'POST', '/v1/events', { events });
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toMatchObject({
      code: 'NOT_DURABLE',
      retryable: true,
      instance: answer.headers['x-request-id'],
    });
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    const [line] = log.map((text) => JSON.parse(text) as { err: { stack: string } });
    expect(line).toMatchObject({ level: 50, msg: 'NOT_DURABLE', requestId: answer.headers['x-request-id'] });
    expect(line?.err.stack).toContain('close');
  });
});

describe('the end', () => {
  it('lets a request under way end, though its client keeps the connection, and takes no new one', async () => {
    const own = await openTestPlatform();
    const gateway = await createGateway(own, { version: '1' });
    await gateway.listen(0, '127.0.0.1');
    const server: Server = gateway.getHttpServer();
    const { port } = server.address() as AddressInfo;
    const arrived = new Promise<void>((resolve) => server.once('request', () => resolve()));
    const headers = { 'content-type': 'application/json', connection: 'keep-alive', 'transfer-encoding': 'chunked' };
    const sent = request({ port, host: '127.0.0.1', method: 'POST', path: '/v1/events', headers });
    const answered = new Promise<{ status: number | undefined; connection: string | undefined }>((resolve, reject) => {
      sent.once('error', reject);
      sent.once('response', (answer) => {
        answer
          .resume()
          .once('end', () => resolve({ status: answer.statusCode, connection: answer.headers.connection }));
      });
    });
    sent.write('{"events":[');
    await arrived;
    const closed = gateway.close();
    sent.end('{"id":"last","type":"view","userId":"u","itemId":"i"}]}');
    expect(await answered).toMatchObject({ status: 202 });
    await closed;
    await expect(fetch(`http://127.0.0.1:${port}/health/live`)).rejects.toThrow();
    expect(await own.tenants.get('default')!.stores.events.size()).toBe(1);
    await own.close();
  });

  it('says in one line that a port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const gateway = await createGateway(platform, { version: '1' });
    const { port } = taken.address() as AddressInfo;
    await expect(gateway.listen(port, '127.0.0.1')).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await gateway.close();
    taken.close();
  });
});
