import { ManualClock } from '@attune/testkit';
import { callFor, inTime } from './call-for.js';

const clockOf = (clock: ManualClock) => ({ monotonic: () => clock.now() });

describe('callFor', () => {
  it('counts its time down to 0 by the clock, and keeps what is said of it', () => {
    const clock = new ManualClock(1_000);
    const call = callFor({ tenant: 'red', deadlineMs: 60_000, clock: clockOf(clock) });
    expect([call.tenant, call.deadline.remainingMs(), call.deadline.signal.aborted]).toEqual(['red', 60_000, false]);
    clock.advance(59_999);
    expect(call.deadline.remainingMs()).toBe(1);
    clock.advance(10);
    expect(call.deadline.remainingMs()).toBe(0);
    call.degrade('LLM_LATE', 'too slow');
    call.degrade('LLM_MISSING');
    call.note('LLM_CACHED');
    expect([call.degraded, call.notes]).toEqual([
      [{ code: 'LLM_LATE', detail: 'too slow' }, { code: 'LLM_MISSING' }],
      [{ code: 'LLM_CACHED' }],
    ]);
  });

  it('aborts its signal when the time is over', async () => {
    const { deadline } = callFor({ tenant: 'red', deadlineMs: 1, clock: clockOf(new ManualClock()) });
    // The timer does not keep a process alive: something else has to.
    const alive = setInterval(() => undefined, 1_000);
    if (!deadline.signal.aborted)
      await new Promise((resolve) => deadline.signal.addEventListener('abort', resolve, { once: true }));
    clearInterval(alive);
    expect(deadline.signal.aborted).toBe(true);
  });
});

describe('inTime', () => {
  it('gives what work comes to, or undefined once the time is over, and lets failures through only in time', async () => {
    const clock = new ManualClock();
    const deadline = clock.deadline(10);
    expect(await inTime(Promise.resolve(1), deadline)).toBe(1);
    await expect(inTime(Promise.reject(new Error('broken')), deadline)).rejects.toThrow('broken');
    let fail: (error: Error) => void = () => undefined;
    const waiting = inTime(new Promise<number>((_, reject) => (fail = reject)), deadline);
    clock.advance(10);
    expect(await waiting).toBeUndefined();
    fail(new Error('nobody is told'));
    expect(await inTime(Promise.resolve(2), deadline)).toBeUndefined();
  });
});
