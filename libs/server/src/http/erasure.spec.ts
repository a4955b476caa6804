import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eraseUser, subjectOf, type EraseReceipt } from '../erase/erase-user.js';
import type { Forgets } from '../erase/forgets.js';
import type { JobWork } from '../jobs/job.js';
import { gatewayForEach } from './testing/test-gateway.js';

/** Jobs wait for it. */
let held: Promise<void> = Promise.resolve();
/** Jobs as a server does them, without models. */
const work: JobWork = async ({ request, result }) => {
  await held;
  if (request.type === 'recommend') for (const userId of request.users ?? []) await result.line({ userId, items: [] });
  if (request.type === 'erase') {
    const { jobs, forgets = [] } = tenant();
    const ofJobs: readonly Forgets[] = [
      { place: 'jobs', forget: ({ userIds }) => jobs.forgetAsked(userIds) },
      { place: 'results', forget: ({ userIds }) => jobs.forgetFound(userIds) },
    ];
    await result.json(await eraseUser({ ...tenant(), forgets: [...forgets, ...ofJobs] }, request.userId));
  }
  return { ok: 1, failed: 0, errors: [] };
};

const gateway = gatewayForEach({ work });
const { call, problem } = gateway;

const tenant = () => gateway.tenant;
const view = (id: string, more: object) => ({ id, type: 'view', itemId: id, ...more });
const send = (...events: readonly object[]) => call('POST', '/v1/events', { events });

describe('erasing', () => {
  it('is written down before it is accepted, and done by a job', async () => {
    await send(view('1', { userId: 'ann', anonymousId: 'v' }));
    await problem(await call('DELETE', '/v1/users/nobody'), 404, 'USER_NOT_FOUND');
    let release = (): void => undefined;
    held = new Promise((resolve) => (release = resolve));
    const answer = await call('DELETE', '/v1/users/ann');
    expect(answer.status).toBe(202);
    const { jobId } = answer.json<{ jobId: string }>();
    expect(await tenant().stores.erasures.userIds()).toEqual(['ann']);
    expect((await call('GET', `/v1/jobs/${jobId}`)).json()).toMatchObject({ id: jobId, type: 'erase' });
    expect((await call('GET', '/v1/jobs')).text).not.toContain('ann');
    await problem(await call('DELETE', `/v1/jobs/${jobId}`), 409, 'JOB_NOT_CANCELABLE');
    release();
    expect(await tenant().jobs.ended(jobId)).toMatchObject({ state: 'completed' });
    expect(await tenant().stores.erasures.userIds()).toEqual([]);
  });

  it('leaves no byte of the user in the data folder, whatever he did before', async () => {
    await eachTraceOf('ann-of-north');
    await eachTraceOf('bob-of-south');
    expect(await filesWith('ann-of-north')).toEqual(expect.arrayContaining(['log', 'ndjson']));
    const { jobId } = (await call('DELETE', '/v1/users/ann-of-north')).json<{ jobId: string }>();
    expect(await tenant().jobs.ended(jobId)).toMatchObject({ state: 'completed' });
    const { subject, ...counts } = (await call('GET', `/v1/jobs/${jobId}/result`)).json<EraseReceipt>();
    expect(subject).toBe(subjectOf('ann-of-north'));
    expect(counts).toMatchObject({ users: 1, events: 4, anonymousIds: 2, records: 1, results: 1 });
    expect(counts.slates).toBeGreaterThanOrEqual(3);
    expect(counts.caches).toBeGreaterThanOrEqual(1);
    expect(await filesWith('ann-of-north')).toEqual([]);
    expect((await filesWith('bob-of-south')).length).toBeGreaterThan(0);
    for (const path of ['', '/export'])
      await problem(await call('GET', `/v1/users/ann-of-north${path}`), 404, 'USER_NOT_FOUND');
    expect((await call('GET', '/v1/users/bob-of-south/export')).json<{ events: object[] }>().events.length).toBe(3);
  });

  it('knows one by a slate, a record or a result alone, and by an erasure that is not finished', async () => {
    await call('POST', '/v1/recommendations', { surface: 'home', userId: 'only-shown' });
    await call('POST', '/v1/jobs', { type: 'recommend', surface: 'home', users: ['only-named', 'a\u2028b'] });
    await tenant().stores.records.put('taste', [{ id: 'noted', value: 1, userId: 'only-noted' }]);
    await tenant().stores.erasures.add('half-erased');
    const exported = (await call('GET', '/v1/users/only-shown/export')).json<{ slates: object[] }>();
    expect(exported).toMatchObject({ user: { id: 'only-shown' }, events: [], slates: [{ userId: 'only-shown' }] });
    expect((await call('GET', '/v1/users/only-noted/export')).json()).toMatchObject({
      ...{ user: { id: 'only-noted' }, events: [], slates: [], records: [{ kind: 'taste', id: 'noted', value: 1 }] },
    });
    for (const id of ['only-shown', 'only-noted', 'only-named', 'a\u2028b', 'half-erased']) {
      const { jobId } = (await call('DELETE', `/v1/users/${encodeURIComponent(id)}`)).json<{ jobId: string }>();
      expect(await tenant().jobs.ended(jobId)).toMatchObject({ state: 'completed' });
      expect(await filesWith(id)).toEqual([]);
      await problem(await call('DELETE', `/v1/users/${encodeURIComponent(id)}`), 404, 'USER_NOT_FOUND');
    }
    expect((await call('POST', '/v1/jobs', { type: 'erase', userId: 'only-shown' })).status).toBe(404);
  });

  it('takes the user out of what jobs were asked for, and counts them', async () => {
    await send(view('1', { userId: 'ann' }));
    let release = (): void => undefined;
    held = new Promise((resolve) => (release = resolve));
    const users = ['bob', 'ann'];
    for (const limit of [1, 2, 3]) await call('POST', '/v1/jobs', { type: 'recommend', surface: 'home', users, limit });
    const jobs = (await call('GET', '/v1/jobs')).json<{ jobs: { id: string }[] }>().jobs.map(({ id }) => id);
    const { jobId } = (await call('DELETE', '/v1/users/ann')).json<{ jobId: string }>();
    release();
    await tenant().jobs.ended(jobId);
    const receipt = (await call('GET', `/v1/jobs/${jobId}/result`)).json<EraseReceipt>();
    // How far they came meanwhile is chance; that none has a line of hers in the end is not.
    expect(receipt.jobs + receipt.results).toBeGreaterThanOrEqual(1);
    for (const id of jobs) {
      await tenant().jobs.ended(id);
      expect((await call('GET', `/v1/jobs/${id}/result`)).text).toBe('{"userId":"bob","items":[]}\n');
    }
    expect(await filesWith('ann')).toEqual([]);
  });
});

/** Everything that one person can leave behind; each id and text holds the name. */
async function eachTraceOf(name: string): Promise<void> {
  const who = { userId: name, anonymousId: `visitor ${name}` };
  const items = ['a', 'b', 'c'].map((id) => ({ id: `item-${id}`, title: `Pan ${id}` }));
  await call('POST', '/v1/items', { items });
  await call('PUT', `/v1/users/${name}`, { attributes: { email: `${name}@example.com` } });
  await send(
    { ...who, id: `${name} 1`, type: 'view', itemId: 'item-a' },
    { userId: name, id: `${name} 2`, type: 'search', query: name },
  );
  await send({ anonymousId: who.anonymousId, id: `${name} 3`, type: 'view', itemId: 'item-b', context: { of: name } });
  await call('PUT', `/v1/users/${name}/identities/other%20${name}`);
  for (const viewer of [{ userId: name }, { anonymousId: who.anonymousId }])
    await call('POST', '/v1/recommendations', { surface: 'home', ...viewer, limit: 1, paging: true });
  await call('POST', '/v1/search', { query: `pan ${name}`, userId: name });
  const { jobId } = (await call('POST', '/v1/jobs', { type: 'recommend', surface: 'home', users: [name] })).json<{
    jobId: string;
  }>();
  await tenant().jobs.ended(jobId);
  await tenant().stores.records.put('taste', [{ id: name, value: name, userId: name }]);
  await new Promise((resolve) => setImmediate(resolve));
  await tenant().stores.slates.flush();
}

/** Endings of the files whose name or content has the text. */
async function filesWith(text: string): Promise<readonly string[]> {
  const entries = await readdir(gateway.platform.folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const contents = await Promise.all(paths.map((path) => readFile(path, 'utf8')));
  return paths
    .filter((path, i) => path.includes(text) || contents[i]!.includes(text))
    .map((path) => path.split('.').at(-1)!);
}
