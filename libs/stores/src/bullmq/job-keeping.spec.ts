import { readdir } from 'node:fs/promises';
import type { JobStatus, SplitWork } from '@attune/sdk';
import { HeldWork, outcomeOf, sampleWorks, type SampleJob, sampleLaneOf, sampleNamed } from '@attune/testkit';
import { JobResults } from '../jobs/job-results.js';
import { describeWith } from '../fixtures/services.js';
import { BullBench } from './testing/bull-bench.js';

const DAY_MS = 24 * 3_600_000;
const TRAIN: SampleJob = { type: 'train' };
const EMBED: SampleJob = { type: 'embed' };
const done = sampleWorks(() => Promise.resolve(outcomeOf(1)));

/** Parts `0` to `4`. */
const fiveParts = (part: SplitWork<SampleJob>['part']): SplitWork<SampleJob> => ({
  size: () => Promise.resolve(5),
  async *plan() {
    for (let n = 0; n < 5; n++) yield { name: `${n}` };
  },
  part,
});

describeWith(['redis'], 'BullJobQueue', () => {
  const bench = new BullBench<SampleJob>({ laneOf: sampleLaneOf, named: sampleNamed });
  afterEach(() => bench.clear());

  it('tries a part again, and does the others where one fails for good', async () => {
    const tries = new Map<string, number>();
    const split = fiveParts(({ name }) => {
      const nth = (tries.get(String(name)) ?? 0) + 1;
      tries.set(String(name), nth);
      const fails = name === '3' || (name === '1' && nth < 3);
      return fails ? Promise.reject(new Error(`${String(name)}: no, ${nth}`)) : Promise.resolve(outcomeOf(1));
    });
    const jobs = await bench.open(sampleWorks(new HeldWork().work, split));
    const ended = await jobs.ended(await jobs.enqueue(EMBED));
    expect(ended).toMatchObject({ state: 'failed', counts: { ok: 4, failed: 1 }, error: '3: no, 3' });
    expect(Object.fromEntries(tries)).toEqual({ 0: 1, 1: 3, 2: 1, 3: 3, 4: 1 });
  });

  it('takes a key once, whoever is asked at the same time', async () => {
    const gateways = await Promise.all(Array.from({ length: 4 }, () => bench.open()));
    const worker = await bench.open(done);
    const asked = gateways.flatMap((jobs) => [jobs.accept(TRAIN, 'nightly'), jobs.accept(TRAIN, 'nightly')]);
    const ids = new Set(await Promise.all(asked));
    expect(ids.size).toBe(1);
    await worker.ended([...ids][0]!);
    expect(await gateways[3]!.accept(TRAIN, 'nightly')).toBe([...ids][0]);
    expect(await worker.list()).toHaveLength(1);
  });

  it('tells changes to who asked and to who does it, not to others', async () => {
    const [asks, does, other] = await Promise.all([bench.open(), bench.open(done), bench.open()]);
    const told: [string, JobStatus][] = [];
    const ended = [asks, does].map(
      (jobs, i) =>
        new Promise<void>((end) =>
          jobs.onChange((job) => {
            told.push([`${i}`, job]);
            if (job.state === 'completed') end();
          }),
        ),
    );
    other.onChange((job) => told.push(['other', job]));
    const id = await asks.enqueue(TRAIN);
    await Promise.all(ended);
    // Each hears on a connection of its own: what the third was told until now shows with a change of its own.
    const own = await other.enqueue(TRAIN);
    await other.ended(own);
    expect(told.filter(([who, job]) => who === 'other' && job.id === id)).toEqual([]);
    expect(told.filter(([who]) => who === '0').map(([, { state }]) => state)).toEqual([
      'waiting',
      'active',
      'completed',
    ]);
  });

  it('counts what there is to do, by lane', async () => {
    const held = new HeldWork();
    const jobs = await bench.open(sampleWorks(held.work));
    const failed = await jobs.enqueue({ type: 'recommend' });
    (await held.of(failed)).fail(new Error('no'));
    await jobs.ended(failed);
    await held.of(await jobs.enqueue(TRAIN));
    for (const use of ['a', 'b']) await jobs.enqueue({ type: 'train', use: [use] });
    const none = { waiting: 0, active: 0, delayed: 0, failed: 0 };
    expect(await jobs.counts()).toEqual({
      learning: { ...none, waiting: 2, active: 1 },
      catalogue: none,
      reading: { ...none, failed: 1 },
    });
  });

  it('begins no more of a lane than its limit says', async () => {
    const lanes = { learning: { limiter: { max: 2, duration: 60_000 } }, catalogue: {}, reading: {} };
    const jobs = await bench.open(done, { lanes });
    const ids: string[] = [];
    for (const use of ['a', 'b', 'c']) ids.push(await jobs.enqueue({ type: 'train', use: [use] }));
    await jobs.ended(ids[1]!);
    const reading = await jobs.enqueue({ type: 'recommend' });
    await jobs.ended(reading);
    expect((await jobs.get(ids[2]!)).state).toBe('waiting');
  });

  it('forgets the oldest beyond a thousand a day after their end, with their results', async () => {
    let now = Date.parse('2026-11-21T09:30:00Z');
    const clock = { now: () => now };
    const works = sampleWorks(async ({ result, request }) => {
      if (request.type === 'embed') await result.json({});
      return outcomeOf(1);
    });
    const jobs = await bench.open(works, { clock });
    const first = await jobs.enqueue(EMBED);
    await jobs.ended(first);
    now += DAY_MS / 2;
    const ids: string[] = [];
    for (let n = 0; n < 1_001; n++) ids.push(await jobs.enqueue({ type: 'train', use: [`${n}`] }));
    await jobs.ended(ids.at(-1)!);
    expect((await jobs.get(first)).state).toBe('completed');
    const listed = await jobs.list();
    expect([listed.length, listed[0]!.id, listed.at(-1)!.id]).toEqual([1_000, ids.at(-1), ids[1]]);
    now += DAY_MS / 2 + 1;
    const last = await jobs.enqueue(EMBED);
    await jobs.ended(last);
    await jobs.close();
    const later = await bench.open(undefined, { clock });
    await expect(later.get(first)).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' });
    // Half a day old.
    expect((await later.get(ids[0]!)).state).toBe('completed');
    expect((await later.result(last)).kind).toBe('json');
    expect(await readdir(await bench.results())).toEqual([`${last}.json`]);
  });

  it('forgets users in a result that is just being put in its place by another process', async () => {
    const results = await JobResults.open(await bench.results(), { shared: true });
    let [reach, release] = [(): void => undefined, (): void => undefined];
    const reached = new Promise<void>((resolve) => (reach = resolve));
    const released = new Promise<void>((resolve) => (release = resolve));
    const commit = results.commit.bind(results);
    jest.spyOn(results, 'commit').mockImplementation(async (id) => {
      reach();
      await released;
      await commit(id);
    });
    const held = new HeldWork();
    const [gateway] = await Promise.all([bench.open(), bench.open(sampleWorks(held.work), { results })]);
    const id = await gateway.enqueue({ type: 'recommend' });
    const run = await held.of(id);
    for (const userId of ['ann', 'bob']) await run.result.line({ userId });
    run.end(outcomeOf(2));
    await reached;
    const forgetting = gateway.forgetFound(['ann']);
    // More round trips than it would take to look through what lies there.
    for (let n = 0; n < 50; n++) await gateway.names('nobody');
    release();
    expect(await forgetting).toBe(1);
    expect(await gateway.names('ann')).toBe(false);
    expect(await gateway.names('bob')).toBe(true);
  });

  it('leaves no user in the name of a key, and nothing of an ended job but its record', async () => {
    const jobs = await bench.open(done);
    const asked: SampleJob[] = [
      { type: 'erase', userId: 'secret-user' },
      { type: 'recommend', users: ['secret-user'] },
    ];
    for (const request of asked) await jobs.ended(await jobs.accept(request, `secret-key ${request.type}`));
    await jobs.close();
    const keys = await bench.keys();
    expect(keys.filter((key) => key.includes('secret'))).toEqual([]);
    const ours = keys.filter((key) => !key.startsWith('lanes:') && !key.startsWith('key:'));
    expect(ours.sort()).toEqual(['all', 'count', 'job:job-1', 'job:job-2']);
    expect(keys.filter((key) => /^lanes:.*job-/.test(key))).toEqual([]);
    const texts = await bench.withRedis((redis) =>
      Promise.all(['job-1', 'job-2'].map((id) => redis.hgetall(`${bench.stem}job:${id}`))),
    );
    expect(JSON.stringify(texts)).not.toContain('secret');
  });
});
