import { join } from 'node:path';
import type { JobOutcome, JobStatus, JobWorks, WholeWork } from '@attune/sdk';
import { Scratch } from '../../fixtures/scratch.js';
import { DurableLog } from '../log/durable-log.js';
import { EmbeddedJobQueue } from './job-queue.adapter.js';
import { JobStore } from './job-store.js';
import { laneOf, namedUsers, worksOf, type TestRequest } from './testing/test-jobs.js';

type JobWork = WholeWork<TestRequest>;
type Job = JobStatus;

const DAY_MS = 24 * 3_600_000;
const TRAIN: TestRequest = { type: 'train' };
const EMBED: TestRequest = { type: 'embed' };
const ERASE: TestRequest = { type: 'erase', userId: 'secret-user' };
const recommend = (...users: string[]): TestRequest => ({
  type: 'recommend',
  surface: 'home',
  users,
  limit: 10,
  seen: 'exclude',
});
type Run = Parameters<JobWork>[0] & { end(outcome: JobOutcome): void; fail(error: Error): void };

const scratch = new Scratch();
let folder: string;
let now: number;
const warnings: string[] = [];
const open = (): Promise<JobStore> =>
  JobStore.open(join(folder, 'jobs'), { clock: { now: () => now }, warn: (line) => void warnings.push(line) });

const queueWith = (store: JobStore, works: JobWorks<TestRequest>, newId: () => string): EmbeddedJobQueue<TestRequest> =>
  new EmbeddedJobQueue(store, { works, laneOf, named: namedUsers, clock: { now: () => now }, newId });

/** A queue whose work ends when the test says so, or when it is aborted. */
function queueOn(store: JobStore): { jobs: EmbeddedJobQueue<TestRequest>; runs: Run[] } {
  const runs: Run[] = [];
  const work: JobWork = (run) =>
    new Promise((end, fail) => {
      run.signal.addEventListener('abort', () => fail(new Error('aborted')));
      runs.push({ ...run, end, fail });
    });
  let made = 0;
  return { jobs: queueWith(store, worksOf(work), () => `job-${++made}`), runs };
}
const outcome = (ok: number, ...errors: string[]): JobOutcome => ({ ok, failed: errors.length, errors });

let store: JobStore;
let jobs: EmbeddedJobQueue<TestRequest>;
let runs: Run[];
beforeEach(async () => {
  folder = await scratch.folder();
  now = Date.parse('2026-11-21T09:30:00Z');
  warnings.length = 0;
  store = await open();
  ({ jobs, runs } = queueOn(store));
});
afterEach(async () => {
  await jobs.close();
  await scratch.clear();
});

describe('EmbeddedJobQueue', () => {
  it('runs one job of a lane at a time, in order; equal ones that wait are one', async () => {
    const first = await jobs.enqueue(TRAIN);
    const again = await jobs.enqueue(TRAIN);
    expect(again).not.toBe(first); // the first is under way already, and may not see what this one is about
    const ease = await jobs.enqueue({ type: 'train', use: ['ease'] });
    const erase = await jobs.enqueue(ERASE);
    expect([
      await jobs.enqueue(TRAIN),
      await jobs.enqueue({ type: 'train', use: ['ease'] }),
      await jobs.enqueue(ERASE),
    ]).toEqual([again, ease, erase]);
    expect(runs.map(({ id }) => id)).toEqual([first]);
    for (const [i, id] of [first, again, ease, erase].entries()) {
      expect((await jobs.get(id)).state).toBe('active');
      runs[i]!.end(outcome(1));
      expect((await jobs.ended(id)).state).toBe('completed');
    }
    expect(runs.map(({ request }) => request)).toEqual([TRAIN, TRAIN, { type: 'train', use: ['ease'] }, ERASE]);
    expect((await jobs.list()).map(({ id }) => id)).toEqual([erase, ease, again, first]);
  });

  it('lets no lane wait for another', async () => {
    for (const request of [recommend('ann'), TRAIN, EMBED]) await jobs.enqueue(request);
    expect(runs.map(({ request: { type } }) => type)).toEqual(['recommend', 'train', 'embed']);
    const embed = await jobs.enqueue(EMBED);
    runs[2]!.end(outcome(1));
    await jobs.ended(runs[2]!.id);
    expect((await jobs.get(embed)).state).toBe('active');
    expect((await jobs.get(runs[0]!.id)).state).toBe('active');
  });

  it('takes users out of what jobs were asked for by name, and knows who is named', async () => {
    for (const users of [['ann'], ['ann', 'bob'], ['bob']]) await jobs.enqueue(recommend(...users));
    await jobs.enqueue({ type: 'recommend', surface: 'home', limit: 10, seen: 'exclude' });
    expect([await jobs.names('ann'), await jobs.names('eve')]).toEqual([true, false]);
    expect(await jobs.forgetAsked(['ann', 'eve'])).toBe(2);
    expect(await jobs.names('ann')).toBe(false);
    for (let i = 0; i < 4; i++) {
      runs[i]!.end(outcome(1));
      await jobs.ended(runs[i]!.id);
    }
    // The first was under way: its work had the request already, and its result leaves her out.
    expect(runs.map(({ request }) => (request.type === 'recommend' ? request.users : fail(request)))).toEqual([
      ['ann'],
      ['bob'],
      ['bob'],
      undefined,
    ]);
  });

  it('says how a job ended: what failed and why, and goes on with the next', async () => {
    const [partly, thrown, good] = [
      await jobs.enqueue(TRAIN),
      await jobs.enqueue(ERASE),
      await jobs.enqueue({ type: 'train', use: ['ease'] }),
    ];
    now += 5_000;
    runs[0]!.end(outcome(1, 'a: no', 'b: no'));
    expect(await jobs.ended(partly)).toMatchObject({
      state: 'failed',
      counts: { ok: 1, failed: 2 },
      error: 'a: no\nb: no',
      createdAt: '2026-11-21T09:30:00.000Z',
      finishedAt: '2026-11-21T09:30:05.000Z',
    });
    runs[1]!.fail(new Error('the disk is gone'));
    expect(await jobs.ended(thrown)).toMatchObject({ state: 'failed', error: 'the disk is gone' });
    runs[2]!.end(outcome(1));
    expect(await jobs.ended(good)).not.toHaveProperty('error');
  });

  it('cancels a job that waits at once, and one under way when it has stopped', async () => {
    const [active, waiting, last] = [
      await jobs.enqueue(TRAIN),
      await jobs.enqueue(ERASE),
      await jobs.enqueue({ type: 'train', use: ['ease'] }),
    ];
    expect(await jobs.cancel(waiting)).toMatchObject({ state: 'canceled', finishedAt: expect.any(String) });
    expect(await jobs.cancel(active)).toMatchObject({ state: 'canceled' });
    expect(runs.map(({ id }) => id)).toEqual([active, last]);
    await expect(jobs.cancel(active)).rejects.toMatchObject({
      code: 'JOB_NOT_CANCELABLE',
      message: expect.stringContaining('is canceled'),
    });
    await expect(jobs.cancel('nobody')).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' });
    await expect(jobs.get('nobody')).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' });
  });

  it('says how work ended that did not heed its cancellation', async () => {
    const stubborn = queueWith(
      store,
      worksOf(({ signal }) => new Promise((end) => signal.addEventListener('abort', () => end(outcome(3))))),
      () => 's',
    );
    expect(await stubborn.cancel(await stubborn.enqueue(EMBED))).toMatchObject({
      state: 'completed',
      counts: { ok: 3 },
    });
  });

  it('tells every change, progress too, but writes no progress; what comes after the end changes nothing', async () => {
    const told: string[] = [];
    const stop = jobs.onChange(({ state, progress: { done, total } }) => told.push(`${state} ${done}/${total}`));
    const id = await jobs.enqueue(EMBED);
    runs[0]!.progress(1, 3);
    runs[0]!.progress(3, 3);
    expect((await jobs.get(id)).progress).toEqual({ done: 3, total: 3 });
    runs[0]!.end(outcome(3));
    const ended = await jobs.ended(id);
    runs[0]!.progress(1, 3);
    expect(await jobs.get(id)).toEqual(ended);
    stop();
    await jobs.enqueue(TRAIN);
    expect(told).toEqual(['waiting 0/0', 'active 0/0', 'active 1/3', 'active 3/3', 'completed 3/3']);
    await jobs.close();
    const written: string[] = [];
    const log = await DurableLog.open(join(folder, 'jobs'), {
      warn: fail,
      onRecord: (job) => void written.push((job as Job).state),
    });
    await log.close();
    expect(written).toEqual(['waiting', 'active', 'completed', 'waiting', 'active', 'canceled']);
  });

  it('closes twice at the same time: everything is canceled, nothing starts, nothing more is taken', async () => {
    const ids = [
      await jobs.enqueue(TRAIN),
      await jobs.enqueue(ERASE),
      await jobs.enqueue({ type: 'train', use: ['a'] }),
      await jobs.enqueue({ type: 'train', use: ['b'] }),
    ];
    await Promise.all([jobs.close(), jobs.close()]);
    expect((await Promise.all(ids.map((id) => jobs.get(id)))).map(({ state }) => state)).toEqual(
      Array(4).fill('canceled'),
    );
    expect(runs).toHaveLength(1);
    await expect(jobs.enqueue(EMBED)).rejects.toMatchObject({ code: 'NOT_READY' });
    expect(warnings).toEqual([]);
    const later = await open();
    expect(later.list().map(({ state }) => state)).toEqual(Array(4).fill('canceled'));
    await later.close();
  });
});

describe('JobStore', () => {
  const job = (id: string, change: Partial<Job> = {}): Job => {
    const counts = { ok: 0, failed: 0 };
    return {
      id,
      type: 'embed',
      state: 'completed',
      progress: { done: 0, total: 0 },
      counts,
      createdAt: 'then',
      ...change,
    };
  };
  const at = (ms: number): string => new Date(ms).toISOString();

  it('marks what a crash cut short as failed, on disk too', async () => {
    const [active, waiting] = [await jobs.enqueue(TRAIN), await jobs.enqueue(EMBED)];
    const crashed = join(folder, 'crashed');
    const copy = await DurableLog.open(crashed, { warn: fail, onRecord: fail });
    await copy.append([await jobs.get(active), await jobs.get(waiting), job('done', { finishedAt: at(now) })]);
    await copy.close();
    now += 60_000;
    for (let round = 0; round < 2; round++, now += 60_000) {
      const after = await JobStore.open(crashed, { clock: { now: () => now }, warn: fail });
      for (const id of [active, waiting]) {
        expect(after.get(id)).toMatchObject({
          state: 'failed',
          error: expect.stringMatching(/enqueue it again$/),
          finishedAt: '2026-11-21T09:31:00.000Z',
        });
      }
      expect(after.get('done')!.state).toBe('completed');
      await after.close();
    }
  });

  it('forgets the oldest beyond a thousand, none within a day of its end, also while it runs', async () => {
    for (let i = 0; i < 1_500; i++) store.put(job(`old-${i}`, { finishedAt: at(now) }), true);
    expect(store.get('old-0')).toBeDefined();
    expect(store.list()).toHaveLength(1_000);
    expect(store.list()[0]!.id).toBe('old-1499');
    now += DAY_MS + 1;
    store.put(job('new', { finishedAt: at(now) }), true);
    expect(store.get('old-500')).toBeUndefined();
    expect(store.get('old-501')).toBeDefined();
    expect(store.get('new')).toBeDefined();
  });

  it('keeps the log on disk short over many jobs', async () => {
    const last = 3 * 11_000;
    for (let i = 1; i <= last; i++) {
      now += DAY_MS / 100;
      store.put(job(`j-${i}`, { finishedAt: at(now) }), true);
    }
    await store.close();
    let records = 0;
    const log = await DurableLog.open(join(folder, 'jobs'), { warn: fail, onRecord: () => void (records += 1) });
    await log.close();
    expect(records).toBeLessThan(12_100);
    const later = await open();
    expect(later.list()[0]!.id).toBe(`j-${last}`);
    expect(later.list()).toHaveLength(1_000);
    await later.close();
    expect(warnings).toEqual([]);
  });

  it('leaves out, and tells, what another version wrote', async () => {
    await store.close();
    const log = await DurableLog.open(join(folder, 'jobs'), { warn: fail, onRecord: fail });
    await log.append([{ id: 'x', type: 'sing' }, job('known', { finishedAt: at(now) })]);
    await log.close();
    store = await open();
    expect(store.list().map(({ id }) => id)).toEqual(['known']);
    expect(warnings).toEqual([expect.stringContaining('1 records of jobs were written by another version')]);
    await store.close();
  });
});

function fail(what: unknown): never {
  throw new Error(String(what));
}
