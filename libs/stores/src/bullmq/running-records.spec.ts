import type { SampleJob } from '@attune/testkit';
import { describeWith, freshPrefix, urlOf } from '../fixtures/services.js';
import { RedisConnection } from '../redis/redis.connection.js';
import { JobKeys } from './job-keys.js';
import { JobRecords } from './job-records.js';
import { RunningRecords } from './running-records.js';

const NOW = Date.parse('2026-11-21T09:30:00Z');
const EMBED: SampleJob = { type: 'embed' };

describeWith(['redis'], 'RunningRecords', () => {
  const keys = new JobKeys(freshPrefix(), 'north');
  const first = { id: 'job-1', run: 'first' };
  const second = { id: 'job-1', run: 'second' };
  let redis: RedisConnection;
  let records: JobRecords<SampleJob>;
  let running: RunningRecords<SampleJob>;
  beforeEach(async () => {
    redis = new RedisConnection({ url: urlOf('redis'), prefix: '' });
    await redis.open();
    records = new JobRecords(redis, keys);
    running = new RunningRecords(redis, keys);
    await records.accept({ id: 'job-1', request: EMBED, now: NOW });
  });
  afterEach(async () => {
    const of = [keys.all, keys.count, keys.failed, keys.unended, keys.record('job-1'), keys.parts('job-1', 'plan')];
    await redis.client.del(...of, keys.forgotten('job-1'));
    redis.close();
  });

  it('counts a part once, however often it is done', async () => {
    await running.start(first);
    await running.beginPlan(first, 'plan', 4);
    const part = { job: 'job-1', plan: 'plan', number: 0 };
    for (let n = 0; n < 2; n++) await running.countPart(part, { ok: 2, failed: 0, errors: [] });
    await running.countPart({ ...part, number: 1 }, { ok: 1, failed: 1, errors: ['no'] });
    await running.countPart({ ...part, number: 2, plan: 'an older one' }, { ok: 2, failed: 0, errors: [] });
    await running.endPlan(first, 3);
    const outcome = { ok: 3, failed: 1, errors: ['no'] };
    expect(await running.counted(first)).toEqual({ parts: 2, planned: 3, outcome });
    expect((await records.statuses(['job-1']))[0]!.progress).toEqual({ done: 4, total: 4 });
  });

  it('lets nobody change a job that another has taken over', async () => {
    await running.start(first);
    await running.progress(first, 1, 9);
    await running.start(second);
    const [before] = await records.statuses(['job-1']);
    await running.progress(first, 5, 9);
    await running.beginPlan(first, 'plan', 9);
    await running.giveBack(first);
    await running.finish(first, { state: 'completed', counts: { ok: 9, failed: 0 } }, NOW);
    expect(await records.statuses(['job-1'])).toEqual([before]);
    expect(before).toMatchObject({ state: 'active', progress: { done: 0, total: 0 } });
    expect([await running.counted(first), await running.seal(first, 0)]).toEqual([undefined, undefined]);
    await running.finish(second, { state: 'completed', counts: { ok: 1, failed: 0 } }, NOW);
    expect((await records.statuses(['job-1']))[0]).toMatchObject({ state: 'completed', counts: { ok: 1 } });
    expect(await running.start(first)).toBeUndefined();
  });

  it('is not done sealing as long as there are users to leave out', async () => {
    await running.start(first);
    expect(await records.forgetFound(['ann', 'bob'])).toEqual([]);
    expect([...(await running.forgotten('job-1'))].sort()).toEqual(['ann', 'bob']);
    expect(await running.seal(first, 0)).toBe(false);
    expect(await running.seal(first, 2)).toBe(true);
    expect(await records.forgetFound(['eve'])).toEqual(['job-1']);
  });
});
