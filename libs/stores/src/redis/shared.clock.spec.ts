import { performance } from 'node:perf_hooks';
import { describeWith, freshPrefix, urlOf } from '../fixtures/services.js';
import { Wire } from '../fixtures/wire.js';
import { SharedClock } from './shared.clock.js';

const HOUR_MS = 3_600_000;
/** Two clocks of one machine agree up to an answer's way: one that took longer is not believed. */
const CLOSE_MS = 500;
/** A guard against a Redis that never answers in time, not a measure. */
const GUARD_MS = 180_000;
/** By how much a clock is off by this machine's, beyond the time that reading both took. */
function off(now: () => number): number {
  const [before, read, after] = [Date.now(), now(), Date.now()];
  return Math.max(before - read, read - after, 0);
}

describeWith(['redis'], 'SharedClock', () => {
  const opened: SharedClock[] = [];
  afterEach(() => opened.splice(0).forEach((clock) => clock.close()));

  /** On a machine whose clock is wrong by so much. */
  async function open(wrongMs: number, url = urlOf('redis')): Promise<SharedClock> {
    const own = { now: () => Date.now() + wrongMs, monotonic: () => performance.now() };
    const clock = await SharedClock.open({ url, prefix: freshPrefix() }, own);
    opened.push(clock);
    return clock;
  }

  /** The same, once an answer came fast enough: a busy machine asks again. */
  async function synced(wrongMs: number, url?: string): Promise<SharedClock> {
    const clock = await open(wrongMs, url);
    const end = performance.now() + GUARD_MS;
    while (off(() => clock.now()) > HOUR_MS / 2) {
      if (performance.now() > end) throw new Error(`no answer of Redis was fast enough within ${GUARD_MS} ms`);
      await clock.sync();
    }
    return clock;
  }

  it('is the same on machines whose clocks differ, and goes on by itself', async () => {
    const clocks = await Promise.all([synced(0), synced(HOUR_MS), synced(-HOUR_MS)]);
    for (const clock of clocks) expect(off(() => clock.now())).toBeLessThan(CLOSE_MS);
    const before = clocks.map((clock) => clock.now());
    await Promise.all(clocks.map((clock) => clock.sync()));
    clocks.forEach((clock, i) => expect(clock.now()).toBeGreaterThanOrEqual(before[i]! - CLOSE_MS));
  });

  it('is the own one where Redis does not answer, and goes on where it no longer does', async () => {
    const wire = await Wire.to(urlOf('redis'));
    const clock = await synced(HOUR_MS, wire.url);
    wire.cut();
    const alone = await open(HOUR_MS, wire.url);
    expect(off(() => alone.now() - HOUR_MS)).toBeLessThan(CLOSE_MS);
    await clock.sync();
    expect(off(() => clock.now())).toBeLessThan(CLOSE_MS);
    await wire.close();
  });
});
