import { setImmediate as nextTurn } from 'node:timers/promises';
import { fakeCall } from '../host/fake-call.js';
import { assertSame, settles } from './check.js';
import type { Call } from '@attune/sdk';

/** Microtasks that pass before the time is over, one run each: a plugin may forget the signal after any of its waits. */
const MOMENTS = [0, 1, 2, 3, 5, 8, 13, 21, 'turn'] as const;

/** Runs a call whose buffer is the caller's again once its signal aborts: what is written later would be another's. */
export async function writesNothingLate(
  settleMs: number,
  start: (call: Call) => { readonly buffer: Float32Array | Uint8Array; readonly done: void | Promise<void> },
): Promise<void> {
  for (const moment of MOMENTS) {
    const controller = new AbortController();
    const { buffer, done } = start(fakeCall({ signal: controller.signal }));
    const settled = settles(() => done, settleMs);
    if (moment === 'turn') await nextTurn();
    else for (let i = 0; i < moment; i++) await Promise.resolve();
    controller.abort();
    const before = buffer.slice();
    await settled;
    assertSame(buffer, before, 'wrote after its time was over: check call.deadline.signal.aborted after every wait');
  }
}
