import assert from 'node:assert/strict';
import type { LlmLog, LoggedLlmCall } from '@attune/sdk';
import type { Check } from '../contract/check.js';
import { joined } from './reading.js';
import { llmCallOf } from './samples.js';

/** What every log of calls of language models must do; `open` gives an empty one whose clock stands at `START`. */
export function llmLogContract(open: () => Promise<LlmLog>): readonly Check[] {
  const check = (name: string, run: (log: LlmLog) => Promise<void>): Check => ({
    name,
    run: async () => await run(await open()),
  });
  return [
    check('a call comes back as it was sent, at once and once it is written', asSent),
    check('a scan gives every call in order, what was recorded just before among them', scanning),
    check('the newest calls come first, of one prompt where asked', newest),
    check('every call of erased people goes, written or waiting, the others stay', erasure),
    check('calls recorded while people are erased are kept', recordedMeanwhile),
    check('a call that is too large is dropped and counted, the others stay', tooLarge),
    check('what is kept is counted', counted),
  ];
}

const idsOf = (calls: readonly LoggedLlmCall[]): readonly string[] => calls.map(({ id }) => id);

async function asSent(log: LlmLog): Promise<void> {
  const call = llmCallOf('ü/🙂"\\', {
    prompt: 'a "prompt"\n@1',
    outcome: 'LLM_BUDGET_SPENT',
    cost: 1.25e-7,
    userId: 'ann',
    sent: [
      { role: 'system', content: 'Line 1\nLine 2\u0000\u2028"' },
      { role: 'user', content: '{"id":"x","prompt":"y","userId":"bob"}' },
      { role: 'user', content: '' },
    ],
  });
  const bare = llmCallOf('2', { sent: [] });
  log.record(call);
  log.record(bare);
  assert.deepEqual(await log.recent(2), [bare, call]);
  await log.flush();
  assert.deepEqual(await joined(log.scan()), [call, bare]);
}

async function scanning(log: LlmLog): Promise<void> {
  assert.deepEqual(await joined(log.scan()), []);
  const calls = Array.from({ length: 300 }, (_, n) => llmCallOf(`c${n}`, { ms: n }));
  for (const call of calls) log.record(call);
  assert.deepEqual(await joined(log.scan()), calls);
}

async function newest(log: LlmLog): Promise<void> {
  for (let n = 0; n < 9; n++) {
    log.record(llmCallOf(`c${n}`, { prompt: n % 3 === 0 ? 'listwise@1' : 'listwise@2' }));
    if (n === 4) await log.flush();
  }
  assert.deepEqual(idsOf(await log.recent(3)), ['c8', 'c7', 'c6']);
  assert.deepEqual(idsOf(await log.recent(9, 'listwise@1')), ['c6', 'c3', 'c0']);
  assert.deepEqual(idsOf(await log.recent(2, 'listwise@1')), ['c6', 'c3']);
  assert.deepEqual([await log.recent(0), await log.recent(5, 'listwise')], [[], []]);
}

async function erasure(log: LlmLog): Promise<void> {
  log.record(llmCallOf('1', { userId: 'ann' }));
  log.record(llmCallOf('2', { userId: 'annette', sent: [{ role: 'user', content: '"userId":"ann"' }] }));
  log.record(llmCallOf('3', { model: 'ann', prompt: 'ann' }));
  await log.flush();
  log.record(llmCallOf('4', { userId: 'ann' }));
  log.record(llmCallOf('5', { userId: 'bob' }));
  assert.equal(await log.erase({ userIds: ['ann', 'nobody'] }), 2);
  assert.deepEqual(idsOf(await joined(log.scan())), ['2', '3', '5']);
  assert.deepEqual(idsOf(await log.recent(9)), ['5', '3', '2']);
  assert.deepEqual([await log.erase({ userIds: ['ann'] }), await log.erase({ userIds: [] })], [0, 0]);
  assert.equal((await log.stats()).calls, 3);
}

async function recordedMeanwhile(log: LlmLog): Promise<void> {
  for (let n = 0; n < 300; n++) log.record(llmCallOf(`c${n}`, { userId: n % 2 === 0 ? 'ann' : 'bob' }));
  await log.flush();
  const erasing = log.erase({ userIds: ['ann'] });
  for (let n = 300; n < 400; n++) log.record(llmCallOf(`c${n}`, { userId: 'bob' }));
  assert.equal(await erasing, 150);
  const expected = Array.from({ length: 400 }, (_, n) => `c${n}`).filter((_, n) => n >= 300 || n % 2 === 1);
  assert.deepEqual(idsOf(await joined(log.scan())), expected);
  assert.deepEqual(idsOf(await log.recent(400)), expected.toReversed());
}

async function tooLarge(log: LlmLog): Promise<void> {
  const half = 'x'.repeat(512 * 1024);
  const user = (content: string): LoggedLlmCall['sent'][number] => ({ role: 'user', content });
  log.record(llmCallOf('1'));
  log.record(llmCallOf('2', { sent: [user(half), user(half), user('x')] }));
  log.record(llmCallOf('3', { sent: [user(half), user(half)] }));
  await log.flush();
  assert.deepEqual(idsOf(await log.recent(9)), ['3', '1']);
  const { calls, dropped } = await log.stats();
  assert.deepEqual([calls, dropped], [2, 1]);
}

async function counted(log: LlmLog): Promise<void> {
  assert.deepEqual(await log.stats(), { calls: 0, dropped: 0, sizeBytes: 0 });
  log.record(llmCallOf('1'));
  assert.equal((await log.stats()).calls, 1);
  await log.flush();
  const { calls, dropped, sizeBytes } = await log.stats();
  assert.deepEqual([calls, dropped, sizeBytes > 100], [1, 0, true]);
}
