import assert from 'node:assert/strict';
import type { LoggedSlate, SlateLog } from '@attune/sdk';
import type { Check } from '../contract/check.js';
import { slateOf } from './samples.js';

/** What every slate log must do; `open` gives an empty one whose clock stands at `START`. */
export function slateLogContract(open: () => Promise<SlateLog>): readonly Check[] {
  const check = (name: string, run: (log: SlateLog) => Promise<void>): Check => ({
    name,
    run: async () => await run(await open()),
  });
  return [
    check('a slate comes back as it was shown, at once and once it is written', asShown),
    check('a scan gives every slate in order, what was recorded just before among them', scanning),
    check('the newest slates come first, of one surface where asked', newest),
    check('every slate of erased people goes, written or waiting, the others stay', erasure),
    check('slates recorded while people are erased are kept', recordedMeanwhile),
    check('what is kept is counted', counted),
  ];
}

async function scanned(log: SlateLog): Promise<readonly LoggedSlate[]> {
  const slates: LoggedSlate[] = [];
  for await (const page of log.scan()) slates.push(...page);
  return slates;
}

const idsOf = (slates: readonly LoggedSlate[]): readonly string[] => slates.map(({ slateId }) => slateId);

async function asShown(log: SlateLog): Promise<void> {
  const slate = slateOf('ü/🙂"\\', {
    surface: 'a "surface"\n',
    anonymousId: 'x',
    request: { surface: 'home', limit: 3, context: { page: ['a', 1, null, true] } },
    sampled: [{ id: 'c', score: -0.25 }],
    degraded: ['ease'],
  });
  log.record(slate);
  assert.deepEqual(await log.get(slate.slateId), slate);
  await log.flush();
  assert.deepEqual(await log.get(slate.slateId), slate);
  assert.deepEqual([await log.get('none'), await log.get('')], [undefined, undefined]);
}

async function scanning(log: SlateLog): Promise<void> {
  assert.deepEqual(await scanned(log), []);
  const slates = Array.from({ length: 700 }, (_, n) => slateOf(`s${n}`, { items: [`i${n}`] }));
  for (const slate of slates) log.record(slate);
  assert.deepEqual(await scanned(log), slates);
  assert.deepEqual(await log.get('s13'), slates[13]);
}

async function newest(log: SlateLog): Promise<void> {
  for (let n = 0; n < 9; n++) {
    log.record(slateOf(`s${n}`, { surface: n % 3 === 0 ? 'home' : 'item' }));
    if (n === 4) await log.flush();
  }
  assert.deepEqual(idsOf(await log.recent(3)), ['s8', 's7', 's6']);
  assert.deepEqual(idsOf(await log.recent(9, 'home')), ['s6', 's3', 's0']);
  assert.deepEqual([await log.recent(0), await log.recent(5, 'none')], [[], []]);
}

async function erasure(log: SlateLog): Promise<void> {
  log.record(slateOf('1', { userId: 'ann' }));
  log.record(slateOf('2', { userId: 'bob', anonymousId: 'x' }));
  log.record(slateOf('3', { userId: 'annette', request: { query: 'userId ann' } }));
  log.record(slateOf('4', { request: { surface: 'home', anonymousId: 'y' } }));
  await log.flush();
  log.record(slateOf('5', { anonymousId: 'y' }));
  log.record(slateOf('6', { userId: 'x', anonymousId: 'ann' }));
  assert.equal(await log.erase({ userIds: ['ann', 'nobody'], anonymousIds: ['x', 'y'] }), 4);
  assert.deepEqual(idsOf(await scanned(log)), ['3', '6']);
  assert.deepEqual(idsOf(await log.recent(9)), ['6', '3']);
  const found = await Promise.all(['1', '2', '3', '4', '5', '6'].map((id) => log.get(id)));
  assert.deepEqual(
    found.map((slate) => slate !== undefined),
    [false, false, true, false, false, true],
  );
  assert.equal(await log.erase({ userIds: ['ann'], anonymousIds: [] }), 0);
  assert.equal((await log.stats()).slates, 2);
}

async function recordedMeanwhile(log: SlateLog): Promise<void> {
  const slate = (n: number): LoggedSlate => slateOf(`s${n}`, { userId: n % 2 === 0 ? 'ann' : 'bob' });
  for (let n = 0; n < 600; n++) log.record(slate(n));
  await log.flush();
  let over = false;
  const erasing = log.erase({ userIds: ['ann'], anonymousIds: [] }).finally(() => (over = true));
  for (let n = 600; n < 900; n++) log.record(slateOf(`s${n}`, { userId: 'bob' }));
  for (let n = 0; !over; n++)
    assert.ok((await log.get(`s${2 * (n % 300) + 1}`)) !== undefined, 'the others are found all the time');
  assert.equal(await erasing, 300);
  const expected = Array.from({ length: 900 }, (_, n) => `s${n}`).filter((_, n) => n >= 600 || n % 2 === 1);
  assert.deepEqual(idsOf(await scanned(log)), expected);
  assert.deepEqual(idsOf(await log.recent(1_000)), expected.toReversed());
  for (const id of ['s1', 's599', 's700']) assert.equal((await log.get(id))?.slateId, id);
}

async function counted(log: SlateLog): Promise<void> {
  assert.deepEqual(await log.stats(), { slates: 0, dropped: 0, sizeBytes: 0 });
  log.record(slateOf('1'));
  assert.equal((await log.stats()).slates, 1);
  await log.flush();
  const { slates, dropped, sizeBytes } = await log.stats();
  assert.deepEqual([slates, dropped, sizeBytes > 100], [1, 0, true]);
}
