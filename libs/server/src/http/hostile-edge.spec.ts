import { HttpException } from '@nestjs/common';
import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { problemOf } from './problems/problem-of.js';
import { problemSchema, type Problem } from './problems/problem.schema.js';
import type { TestMethod } from './testing/test-calls.js';
import { gatewayForAll } from './testing/test-gateway.js';

const gateway = gatewayForAll();
const { call, problem } = gateway;

let port: number;

beforeAll(async () => {
  await gateway.app.listen(0, '127.0.0.1');
  ({ port } = gateway.app.getHttpServer().address() as AddressInfo);
});

/** Sends bytes as they are; everything that comes back until the server ends the connection. */
async function sent(bytes: string): Promise<{ readonly head: string; readonly problem: Problem }> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(bytes);
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
  return { head, problem: problemSchema.parse(JSON.parse(body)) };
}

describe('a method that a path does not take', () => {
  // What a server of HTTP reads besides the five of the contract.
  const METHODS = ['QUERY', 'OPTIONS', 'PROPFIND', 'SEARCH', 'TRACE', 'LOCK', 'PURGE', 'REPORT', 'MKCOL'];

  it.each(METHODS)('is refused as that, body or not: %s', async (method) => {
    const ask = (url: string, body?: string, headers?: Record<string, string>): ReturnType<typeof call> =>
      call(method as TestMethod, url, body, headers);
    for (const body of [undefined, '', '{', '{}'])
      for (const headers of [undefined, { 'content-type': 'application/json' }, { 'content-type': 'no type' }]) {
        const answer = await ask('/v1/jobs', body, headers);
        await problem(answer, 405, 'METHOD_NOT_ALLOWED');
        expect(answer.headers['allow']).toBe('GET, HEAD, POST');
        await problem(await ask('/nowhere', body, headers), 404, 'ROUTE_NOT_FOUND');
      }
  });

  it('is told before anything of its body', async () => {
    const odd = { 'content-type': 'application/xml' };
    await problem(await call('PUT', '/v1/search', '<a/>', odd), 405, 'METHOD_NOT_ALLOWED');
    await problem(await call('PUT', '/v1/search', '{', {}), 405, 'METHOD_NOT_ALLOWED');
    await problem(await call('POST', '/v1/searches', '{', {}), 404, 'ROUTE_NOT_FOUND');
  });
});

describe('bytes that are no request', () => {
  it.each([
    ['no HTTP at all', 'hello\r\n\r\n', 400, 'MALFORMED_HTTP'],
    ['a method nobody knows', 'GRAB /v1/jobs HTTP/1.1\r\nhost: x\r\n\r\n', 400, 'MALFORMED_HTTP'],
    ['a header without a name', 'GET / HTTP/1.1\r\nhost: x\r\n: y\r\n\r\n', 400, 'MALFORMED_HTTP'],
    [
      'two lengths',
      'POST /v1/jobs HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n',
      400,
      'MALFORMED_HTTP',
    ],
    [
      'a length and chunks',
      'POST /v1/jobs HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n',
      400,
      'MALFORMED_HTTP',
    ],
    [
      'a path of 20 kB',
      `GET /v1/jobs?cursor=${'x'.repeat(20_000)} HTTP/1.1\r\nhost: x\r\n\r\n`,
      431,
      'HEADERS_TOO_LARGE',
    ],
    [
      'a header of 20 kB',
      `GET /v1/jobs HTTP/1.1\r\nhost: x\r\nx-y: ${'x'.repeat(20_000)}\r\n\r\n`,
      431,
      'HEADERS_TOO_LARGE',
    ],
  ])('are answered with a problem, and the connection ends: %s', async (_, bytes, status, code) => {
    const { head, problem: told } = await sent(bytes);
    expect(told).toMatchObject({ status, code });
    const [line, ...headers] = head.toLowerCase().split('\r\n');
    expect(line).toContain(` ${status} `);
    for (const header of [
      'content-type: application/problem+json',
      'connection: close',
      'x-content-type-options: nosniff',
    ])
      expect(headers).toContain(header);
    expect(headers).toContain(`x-request-id: ${told.instance}`);
    expect((await call('GET', told.type)).status).toBe(200);
  });
});

it('guards answers that no call gave, too', async () => {
  for (const url of ['/v1/items/%ff', '/v1/items/' + 'x'.repeat(9_000), '/nowhere'])
    for (const method of ['GET', 'SEARCH', 'PUT']) {
      const { headers, text: body } = await call(method as TestMethod, url);
      const { instance } = problemSchema.parse(JSON.parse(body));
      const guard = { 'x-content-type-options': 'nosniff', 'cache-control': 'no-store', 'x-request-id': instance };
      expect(headers).toMatchObject(guard);
    }
});

it('ignores what a client expects', async () => {
  const answer = await sent('GET /nowhere HTTP/1.1\r\nhost: x\r\nexpect: a miracle\r\nconnection: close\r\n\r\n');
  expect(answer.problem.code).toBe('ROUTE_NOT_FOUND');
});

it('invites a body only where the answer before is through', async () => {
  const before = 'GET /v1/jobs HTTP/1.1\r\nhost: x\r\n\r\n';
  const headers = 'host: x\r\nexpect: 100-continue\r\nconnection: close\r\ncontent-length: 2\r\n\r\n';
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(`${before}POST /nowhere HTTP/1.1\r\n${headers}{}`);
  const [jobs = '', refused = '', ...more] = (await text(socket)).split('HTTP/1.1 ').slice(1);
  expect([jobs.slice(0, 3), refused.slice(0, 3), more]).toEqual(['200', '404', []]);
  expect(problemSchema.parse(JSON.parse(refused.split('\r\n\r\n')[1]!)).code).toBe('ROUTE_NOT_FOUND');
});

it('leaves a body alone that nobody reads', async () => {
  for (const headers of [
    { 'content-encoding': 'gzip' },
    { 'content-type': 'text/plain' },
    { 'content-type': 'no type' },
  ])
    expect((await call('GET', '/health/live', '{', headers)).status).toBe(200);
});

describe('an error that nobody named', () => {
  const fastify = (statusCode: number): Error =>
    Object.assign(new Error('as Fastify says'), { statusCode, code: 'FST_NEW' });

  it.each([
    [400, 400, 'VALIDATION_FAILED'],
    [404, 404, 'ROUTE_NOT_FOUND'],
    [405, 405, 'METHOD_NOT_ALLOWED'],
    [408, 408, 'REQUEST_TIMEOUT'],
    [413, 413, 'PAYLOAD_TOO_LARGE'],
    [414, 400, 'VALIDATION_FAILED'],
    [415, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    [418, 400, 'VALIDATION_FAILED'],
    [429, 429, 'RATE_LIMITED'],
    [431, 431, 'HEADERS_TOO_LARGE'],
  ])('of status %i is the caller’s: %i %s', (is, status, code) => {
    expect(problemOf(fastify(is), 'r')).toMatchObject({ status, code });
    expect(problemOf(new HttpException('as Nest says', is), 'r')).toMatchObject({ status, code });
  });

  it.each([
    ['of our own', new Error('secret')],
    ['of a status that is ours', fastify(500)],
    ['that is none', 'secret'],
    ['that is nothing', undefined],
    ['that lies', { statusCode: '400', code: 7 }],
  ])('%s is ours, and nothing of it is told', (_, error) => {
    const told = problemOf(error, 'r');
    expect(told).toMatchObject({ status: 500, code: 'INTERNAL' });
    expect(told.detail).not.toContain('secret');
  });
});
