import { performance } from 'node:perf_hooks';
import { describeWith, freshPrefix, urlOf } from '../fixtures/services.js';
import { Wire } from '../fixtures/wire.js';
import { SharedClock } from './shared.clock.js';

const HOUR_MS = 3_600_000;
/** Two clocks of one machine agree up to an answer's way. */
const CLOSE_MS = 500;

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

  it('is the same on machines whose clocks differ, and goes on by itself', async () => {
    const clocks = await Promise.all([open(0), open(HOUR_MS), open(-HOUR_MS)]);
    const before = clocks.map((clock) => clock.now());
    for (const now of before) expect(Math.abs(now - Date.now())).toBeLessThan(CLOSE_MS);
    await Promise.all(clocks.map((clock) => clock.sync()));
    clocks.forEach((clock, i) => expect(clock.now()).toBeGreaterThanOrEqual(before[i]! - CLOSE_MS));
  });

  it('is the own one where Redis does not answer, and goes on where it no longer does', async () => {
    const wire = await Wire.to(urlOf('redis'));
    const clock = await open(HOUR_MS, wire.url);
    wire.cut();
    const alone = await open(HOUR_MS, wire.url);
    expect(Math.abs(alone.now() - HOUR_MS - Date.now())).toBeLessThan(CLOSE_MS);
    await clock.sync();
    expect(Math.abs(clock.now() - Date.now())).toBeLessThan(CLOSE_MS);
    await wire.close();
  });
});
