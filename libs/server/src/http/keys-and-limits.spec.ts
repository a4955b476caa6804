import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createGateway, type GatewayOptions } from './create-gateway.js';
import { callsOf, type TestAnswer, type TestCalls } from './testing/test-calls.js';
import { openTestPlatform, type TestPlatform, type TestPlatformOptions } from './testing/test-platform.js';

const SLATE = { surface: 'home' };
const EVENTS = { events: [] };

let close: (() => Promise<void>) | undefined;
afterEach(async () => {
  await close?.();
  close = undefined;
});

async function gateway(
  options: TestPlatformOptions,
  more: Partial<GatewayOptions> = {},
): Promise<TestCalls & { platform: TestPlatform; app: NestFastifyApplication }> {
  const platform = await openTestPlatform(options);
  const app = await createGateway(platform, { version: '1', ...more });
  close = async () => {
    await app.close();
    await platform.close();
  };
  return { ...callsOf(app), platform, app };
}
const bearer = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` });

describe('scopes', () => {
  const keys = {
    'key-for-ingest-0': 'red:ingest',
    'key-for-slates-0': 'red:recommend',
    'key-for-both-000': 'red:ingest+recommend',
    'key-for-admin-00': 'red:admin',
    'key-for-all-0000': 'red',
    'key-of-blue-0000': 'blue',
  };

  it('let a key do what it is for, and nothing else', async () => {
    const { call, problem } = await gateway({ keys });
    const allowed = async (key: string): Promise<Record<string, boolean>> => {
      const as = bearer(key);
      const answers: Record<string, TestAnswer> = {
        ingest: await call('POST', '/v1/events', EVENTS, as),
        items: await call('POST', '/v1/items', { items: [] }, as),
        recommend: await call('POST', '/v1/recommendations', SLATE, as),
        jobs: await call('GET', '/v1/jobs', undefined, as),
        export: await call('GET', '/v1/users/none/export', undefined, as),
        erase: await call('DELETE', '/v1/users/none', undefined, as),
      };
      for (const answer of Object.values(answers)) if (answer.status === 403) await problem(answer, 403, 'FORBIDDEN');
      return Object.fromEntries(Object.entries(answers).map(([name, { status }]) => [name, status !== 403]));
    };
    const nothing = {
      ingest: false,
      items: false,
      recommend: false,
      jobs: false,
      export: false,
      erase: false,
    };
    expect(await allowed('key-for-ingest-0')).toEqual({ ...nothing, ingest: true, items: true });
    expect(await allowed('key-for-slates-0')).toEqual({ ...nothing, recommend: true });
    expect(await allowed('key-for-both-000')).toEqual({ ...nothing, ingest: true, items: true, recommend: true });
    expect(await allowed('key-for-admin-00')).toEqual({
      ...nothing,
      jobs: true,
      export: true,
      erase: true,
    });
    for (const refused of Object.values(await allowed('key-for-all-0000'))) expect(refused).toBe(true);
  });

  it('name the one that lacks, before a body is read', async () => {
    const { call, problem } = await gateway({ keys });
    const answer = await call('POST', '/v1/recommendations', '{', bearer('key-for-ingest-0'));
    expect((await problem(answer, 403, 'FORBIDDEN')).detail).toContain("'recommend'");
  });

  it('keep tenants apart: events, users, jobs and their results', async () => {
    const { call, problem } = await gateway({ keys });
    const [red, blue] = [bearer('key-for-all-0000'), bearer('key-of-blue-0000')];
    const events = [{ id: 'e', type: 'purchase', userId: 'ann', itemId: 'i' }];
    expect((await call('POST', '/v1/events', { events }, red)).json()).toMatchObject({ accepted: 1 });
    expect((await call('GET', '/v1/users/ann', undefined, red)).status).toBe(200);
    await problem(await call('GET', '/v1/users/ann', undefined, blue), 404, 'USER_NOT_FOUND');
    expect((await call('POST', '/v1/events', { events }, blue)).json()).toMatchObject({ accepted: 1, duplicates: 0 });
    const { jobId } = (await call('POST', '/v1/jobs', { type: 'embed' }, red)).json<{ jobId: string }>();
    expect((await call('GET', `/v1/jobs/${jobId}`, undefined, red)).status).toBe(200);
    await problem(await call('GET', `/v1/jobs/${jobId}`, undefined, blue), 404, 'JOB_NOT_FOUND');
    await problem(await call('DELETE', `/v1/jobs/${jobId}`, undefined, blue), 404, 'JOB_NOT_FOUND');
    await problem(await call('GET', `/v1/jobs/${jobId}/result`, undefined, blue), 404, 'JOB_NOT_FOUND');
  });
});

describe('metrics', () => {
  const keys = {
    'key-of-red-00000': 'red',
    'key-of-slates-00': 'default:recommend',
    'key-of-admin-000': 'default:admin',
  };

  it('need a key of the operator where the server has any, unless they were opened', async () => {
    const closed = await gateway({ keys });
    expect((await closed.call('GET', '/metrics', undefined, bearer('key-of-admin-000'))).status).toBe(200);
    await closed.problem(await closed.call('GET', '/metrics', undefined, bearer('key-of-slates-00')), 403, 'FORBIDDEN');
    await closed.problem(await closed.call('GET', '/metrics'), 401, 'UNAUTHORIZED');
    await closed.problem(await closed.call('GET', '/metrics', undefined, bearer('key-of-red-00000')), 403, 'FORBIDDEN');
    await close?.();
    const open = await gateway({ keys }, { metricsOpen: true });
    expect((await open.call('GET', '/metrics')).status).toBe(200);
  });
});

describe('limits', () => {
  const keys = { 'key-of-red-00000': 'red', 'key-of-blue-0000': 'blue' };
  const limits = { requestsPerSecond: 0.05, burst: 3 };

  it('refuse what a key asks too often, and say when to come back; other keys are not touched', async () => {
    const { call, problem } = await gateway({ keys, limits });
    const [red, blue] = [bearer('key-of-red-00000'), bearer('key-of-blue-0000')];
    for (let i = 0; i < 3; i++) expect((await call('GET', '/v1/jobs', undefined, red)).status).toBe(200);
    const answer = await call('GET', '/v1/jobs', undefined, red);
    expect((await problem(answer, 429, 'RATE_LIMITED')).retryable).toBe(true);
    const seconds = Number(answer.headers['retry-after']);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect((await call('GET', '/v1/jobs', undefined, blue)).status).toBe(200);
  });

  it('count an address where no key is known: guessing is slow', async () => {
    const { call, problem } = await gateway({ keys, limits });
    for (let i = 0; i < 3; i++) {
      await problem(await call('GET', '/v1/jobs', undefined, bearer(`guess-number-${i}`)), 401, 'UNAUTHORIZED');
    }
    await problem(await call('GET', '/v1/jobs', undefined, bearer('guess-number-4')), 429, 'RATE_LIMITED');
    expect((await call('GET', '/v1/jobs', undefined, bearer('key-of-red-00000'))).status).toBe(200);
  });

  it('count a key however its header is written, and an address where nobody needs a key', async () => {
    const withKeys = await gateway({ keys, limits });
    const ways = ['Bearer key-of-red-00000', 'bearer key-of-red-00000', 'Bearer   key-of-red-00000 '];
    for (const authorization of ways) {
      expect((await withKeys.call('GET', '/v1/jobs', undefined, { authorization })).status).toBe(200);
    }
    const again = await withKeys.call('GET', '/v1/jobs', undefined, { authorization: 'BEARER key-of-red-00000' });
    await withKeys.problem(again, 429, 'RATE_LIMITED');
    await close?.();

    const open = await gateway({ limits });
    for (let i = 0; i < 3; i++) {
      expect((await open.call('GET', '/v1/jobs', undefined, bearer(`anything-${i}`))).status).toBe(200);
    }
    await open.problem(await open.call('GET', '/v1/jobs', undefined, bearer('anything-4')), 429, 'RATE_LIMITED');
  });

  it('hold neither health nor metrics nor documents back', async () => {
    const { call } = await gateway({ limits });
    for (let i = 0; i < 10; i++) {
      for (const path of ['/health/live', '/metrics', '/openapi.json'])
        expect((await call('GET', path)).status).toBe(200);
    }
  });
});
