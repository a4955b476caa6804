import assert from 'node:assert/strict';
import type { JobOutcome, JobPart, JobStatus, SplitWork } from '@attune/sdk';
import type { Check } from '../contract/check.js';
import { HeldWork, outcomeOf, sampleWorks, type SampleJob, type OpenJobs } from './job-queue.samples.js';

/** Jobs that are done in parts. */
export function splitChecks(open: OpenJobs): readonly Check[] {
  return [
    { name: 'every part of a split job is done, and its end last', run: () => whole(open) },
    { name: 'a split job without parts is done', run: () => empty(open) },
    { name: 'a part that fails fails its job, which says why', run: () => failing(open) },
    { name: 'a plan that fails fails its job', run: () => unplanned(open) },
    { name: 'no part of a canceled job begins', run: () => canceled(open) },
  ];
}

const EMBED: SampleJob = { type: 'embed' };

/** Parts of two things each, done at once unless `part` says otherwise; what is done is told in `did`. */
function splitOf(
  parts: number,
  did: string[],
  part: (name: string, signal: AbortSignal) => Promise<JobOutcome> = () => Promise.resolve(outcomeOf(2)),
): SplitWork<SampleJob> {
  return {
    size: () => Promise.resolve(2 * parts),
    async *plan() {
      for (let n = 0; n < parts; n++) yield { name: `part ${n}`, ids: [`${n}`, `${n}'`] } satisfies JobPart;
    },
    async part({ name, ids }, { request, signal }) {
      did.push(`${String(name)} of ${request.type}: ${String(ids)}`);
      return await part(String(name), signal);
    },
    end: () => Promise.resolve(did.push('end')).then(() => undefined),
  };
}

async function whole(open: OpenJobs): Promise<void> {
  const did: string[] = [];
  const jobs = await open(sampleWorks(new HeldWork().work, splitOf(250, did)));
  const told: JobStatus[] = [];
  jobs.onChange((job) => void told.push(job));
  const id = await jobs.enqueue(EMBED);
  const job = await jobs.ended(id);
  assert.deepEqual(
    [job.state, job.counts, job.progress],
    ['completed', { ok: 500, failed: 0 }, { done: 500, total: 500 }],
  );
  assert.equal(job.error, undefined);
  assert.equal(did.at(-1), 'end');
  const expected = Array.from({ length: 250 }, (_, n) => `part ${n} of embed: ${n},${n}'`);
  assert.deepEqual(did.slice(0, -1).sort(), expected.sort());
  assert.deepEqual(
    (await jobs.list()).map((one) => one.id),
    [id],
    'parts are not listed',
  );
  const dones = told.map(({ progress }) => progress.done);
  assert.ok(
    dones.some((done) => done > 0 && done < 500),
    'progress is told',
  );
  assert.deepEqual(
    dones,
    dones.toSorted((one, other) => one - other),
  );
}

async function empty(open: OpenJobs): Promise<void> {
  const did: string[] = [];
  const jobs = await open(sampleWorks(new HeldWork().work, splitOf(0, did)));
  const job = await jobs.ended(await jobs.enqueue(EMBED));
  assert.deepEqual([job.state, job.counts, did], ['completed', { ok: 0, failed: 0 }, ['end']]);
}

async function failing(open: OpenJobs): Promise<void> {
  const part = (name: string): Promise<JobOutcome> =>
    name === 'part 1' ? Promise.reject(new Error('no such model')) : Promise.resolve(outcomeOf(2));
  const jobs = await open(sampleWorks(new HeldWork().work, splitOf(3, [], part)));
  const id = await jobs.enqueue(EMBED);
  const job = await jobs.ended(id);
  assert.deepEqual([job.state, job.error], ['failed', 'no such model']);
  assert.notEqual(await jobs.retry(id), id);
  const partly = await open(
    sampleWorks(
      new HeldWork().work,
      splitOf(3, [], (name) => Promise.resolve(name === 'part 1' ? outcomeOf(1, 'one: no') : outcomeOf(2))),
    ),
  );
  const { state, counts, error } = await partly.ended(await partly.enqueue(EMBED));
  assert.deepEqual([state, counts, error], ['failed', { ok: 5, failed: 1 }, 'one: no']);
}

async function unplanned(open: OpenJobs): Promise<void> {
  const split = splitOf(3, []);
  const size = (): Promise<number> => Promise.reject(new Error('the index is gone'));
  const jobs = await open(sampleWorks(new HeldWork().work, { ...split, size }));
  const job = await jobs.ended(await jobs.enqueue(EMBED));
  assert.deepEqual([job.state, job.error], ['failed', 'the index is gone']);
}

async function canceled(open: OpenJobs): Promise<void> {
  const did: string[] = [];
  let begin = (): void => undefined;
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const held = (_name: string, signal: AbortSignal): Promise<JobOutcome> =>
    new Promise((_, fail) => {
      begin();
      signal.addEventListener('abort', () => fail(new Error('aborted')));
    });
  const jobs = await open(sampleWorks(new HeldWork().work, splitOf(40, did, held)));
  const id = await jobs.enqueue(EMBED);
  await begun;
  assert.equal((await jobs.cancel(id)).state, 'canceled');
  const started = did.length;
  const next = await jobs.enqueue({ type: 'train' });
  await jobs.cancel(next);
  assert.ok(started < 40);
  assert.equal(did.length, started);
  assert.ok(!did.includes('end'));
}
