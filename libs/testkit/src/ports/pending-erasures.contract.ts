import assert from 'node:assert/strict';
import type { PendingErasures } from '@attune/sdk';
import type { Check } from '../contract/check.js';

/** What every store of pending erasures must do; `open` gives an empty one. */
export function pendingErasuresContract(open: () => Promise<PendingErasures>): readonly Check[] {
  const check = (name: string, run: (pending: PendingErasures) => Promise<void>): Check => ({
    name,
    run: async () => await run(await open()),
  });
  return [
    check('users come in the order they were accepted, each once, with all their anonymous ids', accepted),
    check('a finished one is gone, the others stay', finished),
    check('what was asked for again meanwhile is not finished', askedAgain),
    check('who is asked for at the same time by many is one', together),
  ];
}

async function accepted(pending: PendingErasures): Promise<void> {
  assert.deepEqual(await pending.userIds(), []);
  await pending.add('ü/🙂', ['v1']);
  await pending.add('bob');
  const { userId, anonymousIds } = await pending.add('ü/🙂', ['v2', 'v1']);
  assert.deepEqual([userId, [...anonymousIds].sort()], ['ü/🙂', ['v1', 'v2']]);
  assert.deepEqual([...(await pending.add('ü/🙂')).anonymousIds].sort(), ['v1', 'v2']);
  assert.deepEqual(await pending.userIds(), ['ü/🙂', 'bob']);
}

async function finished(pending: PendingErasures): Promise<void> {
  const ann = await pending.add('ann', ['v1']);
  await pending.add('bob');
  await pending.finish(ann);
  await pending.finish(ann);
  assert.deepEqual(await pending.userIds(), ['bob']);
  assert.deepEqual((await pending.add('ann')).anonymousIds, [], 'nothing is kept of a finished one');
}

async function askedAgain(pending: PendingErasures): Promise<void> {
  const first = await pending.add('ann', ['v1']);
  const second = await pending.add('ann');
  await pending.finish(first);
  assert.deepEqual(await pending.userIds(), ['ann']);
  await pending.finish(second);
  await pending.finish(first);
  assert.deepEqual(await pending.userIds(), []);
}

async function together(pending: PendingErasures): Promise<void> {
  await Promise.all(Array.from({ length: 8 }, (_, n) => pending.add('ann', [`v${n}`])));
  assert.deepEqual(await pending.userIds(), ['ann']);
  assert.equal((await pending.add('ann')).anonymousIds.length, 8);
}
