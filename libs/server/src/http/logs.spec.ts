import { Writable } from 'node:stream';
import pino from 'pino';
import { createGateway } from './create-gateway.js';
import { callsOf } from './testing/test-calls.js';
import { openTestPlatform } from './testing/test-platform.js';

it('writes a session down without users, visitors, queries, items, bodies or keys', async () => {
  const lines: string[] = [];
  const to = new Writable({ write: (chunk, _, done) => (lines.push(String(chunk)), done()) });
  const platform = await openTestPlatform({
    keys: { 'secret-key-000000': 'shop', 'secret-key-ingest': 'shop:ingest' },
  });
  const app = await createGateway(platform, { version: '1', logger: pino({ level: 'debug' }, to) });
  const { call } = callsOf(app);
  const as = { authorization: 'Bearer secret-key-000000' };
  const who = { userId: 'secret-user', anonymousId: 'secret-visitor', sessionId: 'secret-session' };

  await call('POST', '/v1/items', { items: [{ id: 'secret-item', title: 'Secret title' }] }, as);
  await call('POST', '/v1/events', { events: [{ id: 'secret-e', type: 'view', ...who, itemId: 'secret-item' }] }, as);
  await call('POST', '/v1/recommendations', { surface: 'home', ...who }, as);
  await call('POST', '/v1/search', { query: 'secret words', ...who }, as);
  await call('GET', '/v1/suggest?q=secret&userId=secret-user', undefined, as);
  await call('GET', '/v1/users/secret-user', undefined, as);
  await call('GET', '/v1/users/secret-user/export', undefined, as);
  await call('PUT', '/v1/users/secret-user/identities/secret-visitor', undefined, as);
  await call('POST', '/v1/search', { query: { $secret: 1 } }, as);
  await call('POST', '/v1/search', '{"query": "secret', as);
  await call('POST', '/v1/events', { events: [] }, { authorization: 'Bearer secret-guess' });
  await call('GET', '/v1/jobs', undefined, { authorization: 'Bearer secret-key-ingest' });
  await call('DELETE', '/v1/users/secret-user', undefined, as);
  await app.close();
  await platform.close();

  const requests = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(requests.filter(({ msg }) => msg === 'request')).toHaveLength(13);
  expect(requests).toContainEqual(
    expect.objectContaining({ route: '/v1/search', status: 400, code: 'MALFORMED_JSON' }),
  );
  expect(requests).toContainEqual(expect.objectContaining({ route: '/v1/jobs', status: 403, code: 'FORBIDDEN' }));
  expect(requests).toContainEqual(
    expect.objectContaining({ route: '/v1/recommendations', status: 200, tenant: 'shop' }),
  );
  expect(lines.join('')).not.toMatch(/secret/i);
});
