import { once } from 'node:events';
import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { gatewayForEach } from './testing/test-gateway.js';

const gateway = gatewayForEach();
const { call, problem } = gateway;

const NDJSON = { 'content-type': 'application/x-ndjson' } as const;

const linesOf = (rows: readonly unknown[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
const view = (i: number) => ({ id: `e${i}`, type: 'view', userId: `u${i % 7}`, itemId: 'a' });
const stores = () => gateway.tenant.stores;

/** A request over a socket whose body the test writes as it likes. */
async function upload(path: string, method = 'POST'): Promise<ClientRequest> {
  if (!gateway.app.getHttpServer().listening) await gateway.app.listen(0, '127.0.0.1');
  const { port } = gateway.app.getHttpServer().address() as AddressInfo;
  return request({ host: '127.0.0.1', port, path, method, headers: NDJSON });
}

const write = (sent: ClientRequest, chunk: string): Promise<unknown> =>
  sent.write(chunk) ? Promise.resolve() : once(sent, 'drain');

async function answerTo(sent: ClientRequest): Promise<{ status: number | undefined; body: Record<string, unknown> }> {
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  return { status: answer.statusCode, body: JSON.parse(await text(answer)) as Record<string, unknown> };
}

/** Waits until it holds: the test's own limit of time is the only one. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setImmediate(resolve));
}

describe('a feed of NDJSON', () => {
  it.each([
    ['/v1/items', { id: 'i', title: 'Pan' }, { accepted: 1, stale: 0, jobId: expect.any(String) }],
    ['/v1/users', { id: 'u', attributes: { plan: 'gold' } }, { accepted: 1 }],
    ['/v1/events', view(1), { accepted: 1, duplicates: 0 }],
  ])('is taken by %s as its JSON is', async (path, row, receipt) => {
    const answer = await call('POST', path, linesOf([row, 7]), NDJSON);
    expect([answer.status, answer.json()]).toEqual([
      202,
      {
        ...receipt,
        rejected: [{ index: 1, code: 'VALIDATION_FAILED', message: expect.any(String), pointer: '/1' }],
        rejectedCount: 1,
      },
    ]);
  });

  it('may be far larger than a body of JSON, and is stored while it comes', async () => {
    const sent = await upload('/v1/events');
    const answered = answerTo(sent);
    for (let from = 0; from < 30_000; from += 1_000) {
      const rows = Array.from({ length: 1_000 }, (_, i) => ({ ...view(from + i), query: 'x'.repeat(400) }));
      await write(sent, linesOf(rows));
      if (from === 5_000) await until(async () => (await stores().events.size()) >= 5_000);
    }
    sent.end();
    expect(await answered).toEqual({
      status: 202,
      body: { accepted: 30_000, duplicates: 0, rejected: [], rejectedCount: 0 },
    });
    expect(await stores().events.size()).toBe(30_000);
  });

  it('goes on after a line that is too long', async () => {
    const long = JSON.stringify({ ...view(1), query: 'x'.repeat(2 * 1024 * 1024) });
    const answer = await call('POST', '/v1/events', `${linesOf([view(1)])}${long}\n${linesOf([view(2)])}`, NDJSON);
    expect(answer.json()).toMatchObject({ accepted: 2, rejected: [{ index: 1, code: 'LINE_TOO_LONG' }] });
  });

  it('keeps what came before the client went away, and has it embedded', async () => {
    const sent = await upload('/v1/items');
    sent.on('error', () => undefined);
    await write(sent, linesOf(Array.from({ length: 1_500 }, (_, i) => ({ id: `i${i}`, title: 'Pan' }))));
    await until(async () => (await stores().items.size()) === 1_000);
    sent.destroy();
    const { jobs } = gateway.tenant;
    await until(async () => (await jobs.list()).length === 1);
    expect(await stores().items.size()).toBe(1_000);
    expect((await call('GET', '/health/live')).status).toBe(200);
  });

  it('is answered where it cannot be stored, though the client is still sending', async () => {
    await (stores().events as unknown as { close(): Promise<void> }).close();
    const sent = await upload('/v1/events');
    sent.on('error', () => undefined);
    const answered = answerTo(sent);
    sent.write(linesOf(Array.from({ length: 1_001 }, (_, i) => view(i))));
    expect(await answered).toMatchObject({ status: 503, body: { code: 'NOT_DURABLE', retryable: true } });
    sent.destroy();
  });

  it('may be empty', async () => {
    const none = { accepted: 0, rejected: [], rejectedCount: 0 };
    expect((await call('POST', '/v1/users', '\n\n', NDJSON)).json()).toEqual(none);
    expect((await call('POST', '/v1/users', '', NDJSON)).json()).toEqual(none);
  });
});

describe('bodies of other types', () => {
  it('are refused with the types the call takes', async () => {
    const plain = await call('POST', '/v1/items', 'x', { 'content-type': 'text/plain' });
    const { detail } = await problem(plain, 415, 'UNSUPPORTED_MEDIA_TYPE');
    expect(detail).toContain("'text/plain'");
    expect(detail).toContain('application/json or application/x-ndjson');
    for (const [method, path, type, fix] of [
      ['POST', '/v1/recommendations', 'application/x-ndjson', 'application/json'],
      ['PUT', '/v1/items/sync', 'application/json', 'application/x-ndjson'],
      ['PATCH', '/v1/items/a', 'text/csv', 'application/merge-patch+json'],
      ['DELETE', '/v1/items/a', 'text/csv', 'send none'],
    ] as const) {
      const answer = await problem(
        await call(method, path, '{}', { 'content-type': type }),
        415,
        'UNSUPPORTED_MEDIA_TYPE',
      );
      expect(answer.detail).toContain(fix);
    }
  });

  it('are refused where they are compressed, before their bytes are taken for broken rows', async () => {
    for (const type of ['application/json', 'application/x-ndjson']) {
      const headers = { 'content-type': type, 'content-encoding': 'gzip' };
      const answer = await problem(await call('POST', '/v1/items', 'x', headers), 415, 'UNSUPPORTED_MEDIA_TYPE');
      expect(answer.detail).toContain("'gzip'");
    }
    const plain = { ...NDJSON, 'content-encoding': 'identity' };
    expect((await call('POST', '/v1/users', '{"id":"u"}', plain)).json()).toMatchObject({ accepted: 1 });
  });

  it('are refused above 8 MiB with the way to send more', async () => {
    const body = JSON.stringify({ items: [{ id: 'i', title: 'x'.repeat(10 * 1024 * 1024) }] });
    const { detail } = await problem(await call('POST', '/v1/items', body), 413, 'PAYLOAD_TOO_LARGE');
    expect(detail).toContain('8 MiB');
    expect(detail).toContain('application/x-ndjson');
  });
});
