import type { JobWork } from '../jobs/job.js';
import type { TestAnswer } from './testing/test-calls.js';
import { gatewayForEach } from './testing/test-gateway.js';

const KEY = 'idempotency-key';

let release: () => void = () => undefined;
let isBroken = false;
afterEach(() => void (isBroken = false));

/** A train job ends at once; an evaluation when it is released; a recommendation writes lines. */
const work: JobWork = async ({ request, result, signal }) => {
  if (isBroken) throw new Error('broken');
  if (request.type === 'evaluate') {
    await new Promise<void>((resolve, reject) => {
      release = resolve;
      signal.addEventListener('abort', () => reject(new Error('canceled')));
    });
    await result.json({ surface: request.surface, limit: request.limit });
  }
  if (request.type === 'recommend') for (const userId of request.users ?? []) await result.line({ userId, items: [] });
  return { ok: 1, failed: 0, errors: [] };
};

const gateway = gatewayForEach({ work });
const { call, problem } = gateway;

const start = (body: object, headers?: Record<string, string>): Promise<TestAnswer> =>
  call('POST', '/v1/jobs', body, headers);
async function started(body: object, headers?: Record<string, string>): Promise<string> {
  const answer = await start(body, headers);
  expect(answer.status).toBe(202);
  return answer.json<{ jobId: string }>().jobId;
}
const ended = (id: string) => gateway.tenant.jobs.ended(id);

describe('starting', () => {
  it('gives the same job for the same key and body, and refuses the key for another', async () => {
    const id = await started({ type: 'train' }, { [KEY]: 'nightly 1' });
    await ended(id);
    expect(await started({ type: 'train' }, { [KEY]: 'nightly 1' })).toBe(id);
    expect(await started({ type: 'train' })).not.toBe(id);
    await problem(await start({ type: 'embed' }, { [KEY]: 'nightly 1' }), 409, 'IDEMPOTENCY_KEY_REUSED');
    await problem(await start({ type: 'embed' }, { [KEY]: 'x'.repeat(201) }), 400, 'VALIDATION_FAILED');
    await problem(await start({ type: 'embed' }, { [KEY]: '' }), 400, 'VALIDATION_FAILED');
  });

  it('lets so many wait and no more, but for erasures', async () => {
    const { jobs } = gateway.tenant;
    for (let seed = 1; seed <= 201; seed++) await jobs.enqueue({ type: 'evaluate', surface: 'home', limit: 10, seed });
    await problem(await start({ type: 'recommend', surface: 'home' }), 429, 'TOO_MANY_JOBS');
    await problem(await start({ type: 'erase', userId: 'nobody' }), 404, 'USER_NOT_FOUND');
    await jobs.cancel(
      (await call('GET', '/v1/jobs?state=waiting&limit=1')).json<{ jobs: { id: string }[] }>().jobs[0]!.id,
    );
    await started({ type: 'recommend', surface: 'home' });
  });

  it('refuses at once what cannot be done, and says what could', async () => {
    const trainer = await problem(await start({ type: 'train', use: ['ease', 'eaze'] }), 400, 'PLUGIN_UNKNOWN');
    expect(trainer.errors?.[0]?.pointer).toMatch(/^\/use\/\d$/);
    const diff = { type: 'diff', surface: 'home', step: { use: 'popularty' } };
    const scorer = await problem(await start(diff), 400, 'PLUGIN_UNKNOWN');
    expect(scorer.detail).toMatch(/popularity/);
    const surface = await problem(await start({ type: 'evaluate', surface: 'nowhere' }), 404, 'SURFACE_NOT_FOUND');
    expect(surface.detail).toContain('home');
    await problem(await start({ type: 'erase', userId: 'nobody' }), 404, 'USER_NOT_FOUND');
    expect((await call('GET', '/v1/jobs')).json()).toEqual({ jobs: [] });
  });

  it.each([
    { type: 'sing' },
    { type: 'recommend', surface: 'home', users: [] },
    { type: 'recommend', surface: 'home', limit: 0 },
    { type: 'recommend', surface: '../home' },
    { type: 'evaluate', surface: 'home', users: -1 },
    { type: 'evaluate', surface: 'home', seed: 2 ** 32 },
    { type: 'diff', surface: 'home', step: { use: 'popularity', as: 'No Name' } },
    { type: 'diff', surface: 'home', step: { use: 'popularity' }, weight: 1e9 },
    { type: 'diff', surface: 'home', step: { use: 'popularity' }, requests: 1e9 },
    { type: 'erase' },
    [],
    null,
  ])('refuses %j', async (body) => {
    await problem(await start(body as object), 400, 'VALIDATION_FAILED');
  });
});

describe('doing again', () => {
  const retry = (id: string): Promise<TestAnswer> => call('POST', `/v1/jobs/${id}/retry`);
  const failed = async (enqueued: string | Promise<string>): Promise<string> => {
    const id = await enqueued;
    expect(await ended(id)).toMatchObject({ state: 'failed' });
    return id;
  };

  it('makes a job of what a failed one was asked to, under an id of its own', async () => {
    isBroken = true;
    const id = await failed(started({ type: 'recommend', surface: 'home', users: ['ann', 'bob'] }));
    isBroken = false;
    const answer = await retry(id);
    expect(answer.status).toBe(202);
    const { jobId } = answer.json<{ jobId: string }>();
    expect(jobId).not.toBe(id);
    expect(await ended(jobId)).toMatchObject({ type: 'recommend', state: 'completed' });
    const lines = (await call('GET', `/v1/jobs/${jobId}/result`)).text.trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { userId: string }).userId)).toEqual(['ann', 'bob']);
    expect((await call('GET', `/v1/jobs/${id}`)).json()).toMatchObject({ state: 'failed', error: 'broken' });
  });

  it('is refused for a job that has not failed, or never was', async () => {
    const id = await started({ type: 'evaluate', surface: 'home' });
    await problem(await retry(id), 409, 'JOB_NOT_RETRYABLE');
    expect((await call('DELETE', `/v1/jobs/${id}`)).json()).toMatchObject({ state: 'canceled' });
    await problem(await retry(id), 409, 'JOB_NOT_RETRYABLE');
    const train = await started({ type: 'train' });
    await ended(train);
    expect((await problem(await retry(train), 409, 'JOB_NOT_RETRYABLE')).detail).toContain('is completed');
    await problem(await retry('job-0'), 404, 'JOB_NOT_FOUND');
    await problem(await retry('..%2F..%2Fowner'), 404, 'JOB_NOT_FOUND');
  });

  it('is refused while too many wait, but for erasures; then it says first what can never be', async () => {
    const { jobs } = gateway.tenant;
    isBroken = true;
    const train = await failed(jobs.enqueue({ type: 'train' }));
    const erase = await failed(jobs.enqueue({ type: 'erase', userId: 'nobody' }));
    isBroken = false;
    const done = await started({ type: 'embed' });
    await ended(done);
    for (let seed = 1; seed <= 201; seed++) await jobs.enqueue({ type: 'evaluate', surface: 'home', limit: 10, seed });
    await problem(await retry(train), 429, 'TOO_MANY_JOBS');
    await problem(await retry(done), 409, 'JOB_NOT_RETRYABLE');
    expect((await retry(erase)).status).toBe(202);
  });
});

describe('listing', () => {
  it('gives pages, newest first, without repeat or loss', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 7; i++) {
      ids.unshift(await started({ type: i % 2 === 0 ? 'train' : 'embed' }));
      await ended(ids[0]!);
    }
    const pages: string[][] = [];
    let cursor: string | undefined;
    do {
      const path = `/v1/jobs?limit=3${cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
      const page = (await call('GET', path)).json<{ jobs: { id: string }[]; cursor?: string }>();
      pages.push(page.jobs.map(({ id }) => id));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(pages).toEqual([ids.slice(0, 3), ids.slice(3, 6), ids.slice(6)]);
    const embeds = (await call('GET', '/v1/jobs?type=embed&state=completed')).json<{ jobs: { type: string }[] }>();
    expect(embeds.jobs.map(({ type }) => type)).toEqual(['embed', 'embed', 'embed']);
    await problem(await call('GET', '/v1/jobs?cursor=none'), 400, 'CURSOR_INVALID');
    for (const query of ['limit=0', 'limit=1001', 'state=asleep', 'type=sing', 'more=1'])
      await problem(await call('GET', `/v1/jobs?${query}`), 400, 'VALIDATION_FAILED');
  });
});

describe('results', () => {
  it('are there when the job has ended, and not before', async () => {
    const id = await started({ type: 'evaluate', surface: 'home' });
    await problem(await call('GET', `/v1/jobs/${id}/result`), 409, 'JOB_NOT_ENDED');
    release();
    await ended(id);
    const answer = await call('GET', `/v1/jobs/${id}/result`);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(answer.json()).toEqual({ surface: 'home', limit: 10 });
  });

  it('of many users are lines', async () => {
    const id = await started({ type: 'recommend', surface: 'home', users: ['ann', '🦊/b'] });
    await ended(id);
    const answer = await call('GET', `/v1/jobs/${id}/result`);
    expect(answer.headers['content-type']).toBe('application/x-ndjson');
    const lines = answer.text.trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { userId: string }).userId)).toEqual(['ann', '🦊/b']);
  });

  it('are not there for a job that left none, was canceled, or never was', async () => {
    const train = await started({ type: 'train' });
    await ended(train);
    await problem(await call('GET', `/v1/jobs/${train}/result`), 404, 'RESULT_NOT_FOUND');
    const canceled = await started({ type: 'evaluate', surface: 'home' });
    expect((await call('DELETE', `/v1/jobs/${canceled}`)).json()).toMatchObject({ state: 'canceled' });
    await problem(await call('GET', `/v1/jobs/${canceled}/result`), 404, 'RESULT_NOT_FOUND');
    await problem(await call('GET', '/v1/jobs/..%2F..%2Fowner/result'), 404, 'JOB_NOT_FOUND');
  });
});
