import assert from 'node:assert/strict';
import type { JobQueue, JobStatus } from '@attune/sdk';
import type { Check } from '../contract/check.js';
import { peopleChecks } from './job-queue-people.checks.js';
import { splitChecks } from './job-queue-split.checks.js';
import { HeldWork, outcomeOf, sampleWorks, type SampleJob, type OpenJobs } from './job-queue.samples.js';

const TRAIN: SampleJob = { type: 'train' };
const EASE: SampleJob = { type: 'train', use: ['ease'] };
const EMBED: SampleJob = { type: 'embed' };
const ERASE: SampleJob = { type: 'erase', userId: 'eve' };

/** What every job queue must do. Jobs of a lane of the samples run one at a time. */
export function jobQueueContract(open: OpenJobs): readonly Check[] {
  const check = (name: string, run: (jobs: JobQueue<SampleJob>, held: HeldWork) => Promise<void>): Check => ({
    name,
    run: async () => {
      const held = new HeldWork();
      await run(await open(sampleWorks(held.work)), held);
    },
  });
  return [
    check('jobs of a lane run one at a time, in order; equal ones that wait are one', inOrder),
    check('no lane waits for another', lanesApart),
    check('many who ask for the same at once wait for one job', askedAtOnce),
    check('a job says how it ended, and the next goes on', endings),
    check('waiting jobs are canceled at once, those under way when they have stopped', canceling),
    check('changes are told, progress too; what comes after the end changes nothing', telling),
    check('a key stands for one job and one request', keys),
    check('a failed job can be done again, others cannot', retrying),
    check('what is not known is not found', unknown),
    check('a queue closes twice and takes nothing more', closing),
    { name: 'work that does not heed its cancellation says how it ended', run: () => unheeding(open) },
    ...peopleChecks(open),
    ...splitChecks(open),
  ];
}

async function inOrder(jobs: JobQueue<SampleJob>, held: HeldWork): Promise<void> {
  const first = await jobs.enqueue(TRAIN);
  await held.of(first);
  const again = await jobs.enqueue(TRAIN);
  assert.notEqual(again, first, 'the one under way may not see what this one is about');
  const [ease, erase] = [await jobs.enqueue(EASE), await jobs.enqueue(ERASE)];
  const equal = [await jobs.enqueue(TRAIN), await jobs.enqueue(EASE), await jobs.enqueue(ERASE)];
  assert.deepEqual(equal, [again, ease, erase]);
  for (const [i, id] of [first, again, ease, erase].entries()) {
    const run = await held.of(id);
    assert.equal(held.runs.length, i + 1);
    assert.equal((await jobs.get(id)).state, 'active');
    for (const later of [again, ease, erase].slice(i)) assert.equal((await jobs.get(later)).state, 'waiting');
    run.end(outcomeOf(1));
    assert.equal((await jobs.ended(id)).state, 'completed');
  }
  assert.deepEqual(
    held.runs.map(({ request }) => request),
    [TRAIN, TRAIN, EASE, ERASE],
  );
  assert.deepEqual(idsOf(await jobs.list()), [erase, ease, again, first]);
}

async function lanesApart(jobs: JobQueue<SampleJob>, held: HeldWork): Promise<void> {
  const ids: string[] = [];
  for (const request of [{ type: 'recommend' } as const, TRAIN, EMBED]) ids.push(await jobs.enqueue(request));
  const runs = await Promise.all(ids.map((id) => held.of(id)));
  const embed = await jobs.enqueue(EMBED);
  runs[2]?.end(outcomeOf(1));
  await held.of(embed);
  assert.deepEqual(await Promise.all(ids.map(async (id) => (await jobs.get(id)).state)), [
    'active',
    'active',
    'completed',
  ]);
}

async function askedAtOnce(jobs: JobQueue<SampleJob>, held: HeldWork): Promise<void> {
  const first = await jobs.enqueue(TRAIN);
  await held.of(first);
  const ids = new Set(await Promise.all(Array.from({ length: 20 }, () => jobs.enqueue(TRAIN))));
  assert.equal(ids.size, 1);
  assert.ok(!ids.has(first));
  assert.equal((await jobs.list()).length, 2);
}

async function endings(jobs: JobQueue<SampleJob>, held: HeldWork): Promise<void> {
  const ids = [await jobs.enqueue(TRAIN), await jobs.enqueue(ERASE), await jobs.enqueue(EASE)] as const;
  (await held.of(ids[0])).end(outcomeOf(1, 'a: no', 'b: no'));
  const partly = await jobs.ended(ids[0]);
  assert.deepEqual([partly.type, partly.state, partly.counts], ['train', 'failed', { ok: 1, failed: 2 }]);
  assert.equal(partly.error, 'a: no\nb: no');
  assert.match(partly.createdAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  assert.ok(Date.parse(partly.finishedAt ?? '') >= Date.parse(partly.createdAt));
  (await held.of(ids[1])).fail(new Error('the disk is gone'));
  const thrown = await jobs.ended(ids[1]);
  assert.deepEqual([thrown.state, thrown.error], ['failed', 'the disk is gone']);
  (await held.of(ids[2])).end(outcomeOf(1));
  assert.ok(!('error' in (await jobs.ended(ids[2]))));
  assert.deepEqual(await jobs.ended(ids[0]), await jobs.get(ids[0]));
}

async function canceling(jobs: JobQueue<SampleJob>, held: HeldWork): Promise<void> {
  const [active, waiting, last] = [
    await jobs.enqueue(TRAIN),
    await jobs.enqueue(ERASE),
    await jobs.enqueue(EASE),
  ] as const;
  await held.of(active);
  const canceled = await jobs.cancel(waiting);
  assert.equal(canceled.state, 'canceled');
  assert.ok(canceled.finishedAt !== undefined);
  assert.equal((await jobs.cancel(active)).state, 'canceled');
  assert.equal((await held.of(active)).signal.aborted, true);
  (await held.of(last)).end(outcomeOf(1));
  await jobs.ended(last);
  assert.deepEqual(idsOf(held.runs), [active, last]);
  await assert.rejects(jobs.cancel(active), { code: 'JOB_NOT_CANCELABLE', message: /is canceled/ });
  assert.notEqual(await jobs.enqueue(ERASE), waiting);
}

async function telling(jobs: JobQueue<SampleJob>, held: HeldWork): Promise<void> {
  const told: JobStatus[] = [];
  let [seen, isSeen] = [(): void => undefined, (): boolean => false];
  const stop = jobs.onChange((job) => {
    told.push(job);
    if (isSeen()) seen();
  });
  const id = await jobs.enqueue(EMBED);
  const run = await held.of(id);
  const whole = new Promise<void>((resolve) => (seen = resolve));
  isSeen = () => told.at(-1)?.progress.done === 3;
  run.progress(1, 3);
  run.progress(3, 3);
  await whole;
  assert.deepEqual((await jobs.get(id)).progress, { done: 3, total: 3 });
  const last = new Promise<void>((resolve) => (seen = resolve));
  isSeen = () => told.at(-1)?.state === 'completed';
  run.end(outcomeOf(3));
  const ended = await jobs.ended(id);
  await last;
  run.progress(1, 3);
  stop();
  const other = await jobs.enqueue(TRAIN);
  (await held.of(other)).end(outcomeOf(1));
  await jobs.ended(other);
  assert.deepEqual(await jobs.get(id), ended);
  assert.deepEqual(ended.progress, { done: 3, total: 3 });
  assert.deepEqual([...new Set(told.map(({ state }) => state))], ['waiting', 'active', 'completed']);
  assert.deepEqual([...new Set(idsOf(told))], [id]);
  assert.deepEqual(told.at(-1), ended);
}

async function keys(jobs: JobQueue<SampleJob>, held: HeldWork): Promise<void> {
  assert.deepEqual([await jobs.known(TRAIN, 'order 17'), await jobs.known(TRAIN, undefined)], [undefined, undefined]);
  const id = await jobs.accept(TRAIN, 'order 17');
  (await held.of(id)).end(outcomeOf(1));
  await jobs.ended(id);
  assert.deepEqual([await jobs.accept(TRAIN, 'order 17'), await jobs.known(TRAIN, 'order 17')], [id, id]);
  const other = await jobs.accept(TRAIN, 'order 18');
  assert.notEqual(other, id);
  const reused = { code: 'IDEMPOTENCY_KEY_REUSED', message: new RegExp(id) };
  await assert.rejects(jobs.accept(EASE, 'order 17'), reused);
  await assert.rejects(jobs.known(EASE, 'order 17'), reused);
  await held.of(other);
  const without = await jobs.accept(TRAIN, undefined);
  assert.equal(await jobs.accept(TRAIN, 'order 19'), without, 'an equal one waits');
  assert.equal(await jobs.known(TRAIN, 'order 19'), without);
}

async function retrying(jobs: JobQueue<SampleJob>, held: HeldWork): Promise<void> {
  const failed = await jobs.enqueue(EASE);
  (await held.of(failed)).fail(new Error('no'));
  await jobs.ended(failed);
  const again = await jobs.retry(failed);
  assert.notEqual(again, failed);
  const run = await held.of(again);
  assert.deepEqual(run.request, EASE);
  await assert.rejects(jobs.retry(again), { code: 'JOB_NOT_RETRYABLE', message: /is active/ });
  run.end(outcomeOf(1));
  await jobs.ended(again);
  await assert.rejects(jobs.retry(again), { code: 'JOB_NOT_RETRYABLE', message: /is completed/ });
}

async function unknown(jobs: JobQueue<SampleJob>): Promise<void> {
  const notFound = { code: 'JOB_NOT_FOUND', message: /nobody/ };
  await assert.rejects(jobs.get('nobody'), notFound);
  await assert.rejects(jobs.cancel('nobody'), notFound);
  await assert.rejects(jobs.retry('nobody'), notFound);
  await assert.rejects(jobs.result('nobody'), notFound);
  await assert.rejects(jobs.ended('nobody'), notFound);
  assert.deepEqual(await jobs.list(), []);
}

async function closing(jobs: JobQueue<SampleJob>): Promise<void> {
  await Promise.all([jobs.close(), jobs.close()]);
  await assert.rejects(jobs.enqueue(TRAIN), { code: 'NOT_READY' });
  await assert.rejects(jobs.accept(TRAIN, 'a key'), { code: 'NOT_READY' });
}

async function unheeding(open: OpenJobs): Promise<void> {
  let begin = (): void => undefined;
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const jobs = await open(
    sampleWorks(({ signal }) => {
      begin();
      return new Promise((end) => signal.addEventListener('abort', () => end(outcomeOf(3))));
    }),
  );
  const id = await jobs.enqueue(EMBED);
  await begun;
  const { state, counts } = await jobs.cancel(id);
  assert.deepEqual([state, counts.ok], ['completed', 3]);
}

const idsOf = (jobs: readonly { readonly id: string }[]): readonly string[] => jobs.map(({ id }) => id);
