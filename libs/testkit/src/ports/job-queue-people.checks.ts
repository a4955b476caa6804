import assert from 'node:assert/strict';
import type { JobQueue, JobResult } from '@attune/sdk';
import type { Check } from '../contract/check.js';
import { HeldWork, outcomeOf, sampleWorks, type SampleJob, type OpenJobs } from './job-queue.samples.js';

/** What jobs find out, and that they let go of people. */
export function peopleChecks(open: OpenJobs): readonly Check[] {
  const check = (name: string, run: (jobs: JobQueue<SampleJob>, held: HeldWork) => Promise<void>): Check => ({
    name,
    run: async () => {
      const held = new HeldWork();
      await run(await open(sampleWorks(held.work)), held);
    },
  });
  return [
    check('a result can be read once its job has completed', results),
    check('users are taken out of what jobs were asked', asked),
    check('users are taken out of what a failed job will be asked again', askedAgain),
    check('users are taken out of results, also of jobs under way', found),
  ];
}

const recommend = (...users: string[]): SampleJob => ({ type: 'recommend', users });

async function textOf(result: JobResult): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of result.stream()) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

async function results(jobs: JobQueue<SampleJob>, held: HeldWork): Promise<void> {
  const [json, lines, silent, failed] = [
    await jobs.enqueue({ type: 'erase', userId: 'ann' }),
    await jobs.enqueue(recommend('ann')),
    await jobs.enqueue({ type: 'embed' }),
    await jobs.enqueue(recommend('bob')),
  ] as const;
  const run = await held.of(json);
  await run.result.json({ users: 1 });
  await assert.rejects(jobs.result(json), { code: 'JOB_NOT_ENDED', message: /is active/ });
  run.end(outcomeOf(1));
  for (const userId of ['ann', 'bob']) await (await held.of(lines)).result.line({ userId, items: [] });
  (await held.of(lines)).end(outcomeOf(2));
  await (await held.of(failed)).result.line({ userId: 'bob' });
  (await held.of(failed)).end(outcomeOf(1, 'no'));
  (await held.of(silent)).end(outcomeOf(1));
  await Promise.all([json, lines, silent, failed].map((id) => jobs.ended(id)));
  const [one, other] = [await jobs.result(json), await jobs.result(lines)];
  assert.deepEqual([one.kind, await textOf(one), one.sizeBytes], ['json', '{"users":1}', 11]);
  const text = '{"userId":"ann","items":[]}\n{"userId":"bob","items":[]}\n';
  assert.deepEqual([other.kind, await textOf(other), other.sizeBytes], ['ndjson', text, text.length]);
  await assert.rejects(jobs.result(silent), { code: 'RESULT_NOT_FOUND', message: /is completed/ });
  await assert.rejects(jobs.result(failed), { code: 'RESULT_NOT_FOUND', message: /is failed/ });
}

async function asked(jobs: JobQueue<SampleJob>, held: HeldWork): Promise<void> {
  const first = await jobs.enqueue(recommend('ann'));
  await held.of(first);
  const later: string[] = [];
  for (const users of [['ann', 'bob'], ['bob']]) later.push(await jobs.enqueue(recommend(...users)));
  later.push(await jobs.enqueue({ type: 'recommend' }));
  assert.deepEqual([await jobs.names('ann'), await jobs.names('eve')], [true, false]);
  assert.equal(await jobs.forgetAsked(['ann', 'eve']), 2);
  assert.equal(await jobs.names('ann'), false);
  assert.equal(await jobs.forgetAsked(['ann']), 0);
  for (const id of [first, ...later]) {
    (await held.of(id)).end(outcomeOf(1));
    await jobs.ended(id);
  }
  assert.deepEqual(
    held.runs.map(({ request }) => request.type === 'recommend' && request.users),
    // The first was under way: its work had the request already, and its result leaves her out.
    [['ann'], ['bob'], ['bob'], undefined],
  );
}

async function askedAgain(jobs: JobQueue<SampleJob>, held: HeldWork): Promise<void> {
  const failed = await jobs.enqueue(recommend('ann', 'bob'));
  (await held.of(failed)).fail(new Error('no'));
  await jobs.ended(failed);
  assert.equal(await jobs.names('ann'), false);
  assert.equal(await jobs.forgetAsked(['ann']), 0);
  const again = await held.of(await jobs.retry(failed));
  assert.deepEqual(again.request, recommend('bob'));
}

async function found(jobs: JobQueue<SampleJob>, held: HeldWork): Promise<void> {
  const [done, open] = [
    await jobs.enqueue(recommend('ann', 'bob')),
    await jobs.enqueue({ type: 'recommend' }),
  ] as const;
  for (const userId of ['ann', 'bob']) await (await held.of(done)).result.line({ userId });
  (await held.of(done)).end(outcomeOf(2));
  await jobs.ended(done);
  for (const userId of ['ann', 'eve']) await (await held.of(open)).result.line({ userId });
  assert.equal(await jobs.names('ann'), true);
  assert.ok((await jobs.forgetFound(['ann'])) >= 1, 'the line of the job that has ended');
  assert.equal(await jobs.names('ann'), false);
  await (await held.of(open)).result.line({ userId: 'bob' });
  (await held.of(open)).end(outcomeOf(3));
  await jobs.ended(open);
  assert.equal(await textOf(await jobs.result(done)), '{"userId":"bob"}\n');
  assert.equal(await textOf(await jobs.result(open)), '{"userId":"eve"}\n{"userId":"bob"}\n');
}
