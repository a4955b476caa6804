import { Breaker, defineScorer } from '@attune/sdk';
import { benchOf, ManualClock, sourceOf, type Bench } from '../fixtures/bench-engine.js';
import { homeOf, PLAIN } from '../fixtures/plain-plugins.js';

const home = sourceOf(homeOf({ score: [{ use: 'moody' }, { use: 'cheap' }] }));

async function moody(run: (bench: Bench) => void): Promise<{ bench: Bench; calls: () => number }> {
  let calls = 0;
  const plugin = defineScorer({
    id: 'moody',
    version: '1.0.0',
    setup: () => ({
      score() {
        calls += 1;
        run(bench);
      },
    }),
  });
  const bench: Bench = benchOf([...PLAIN, plugin]);
  await bench.engine.load([home]);
  return { bench, calls: () => calls };
}
const codeOf = async (bench: Bench): Promise<string | undefined> => (await bench.serve()).degraded[0]?.code;

describe('Breaker', () => {
  it('opens after five misses in a row, rests five seconds, tries once, and closes on a success', async () => {
    let works = false;
    const { bench, calls } = await moody(() => {
      if (!works) throw new Error('no');
    });
    for (let i = 0; i < 5; i++) expect(await codeOf(bench)).toBe('PLUGIN_FAILED');
    expect(await codeOf(bench)).toBe('PLUGIN_CIRCUIT_OPEN');
    bench.clock.advance(4_999);
    expect(await codeOf(bench)).toBe('PLUGIN_CIRCUIT_OPEN');
    expect(calls()).toBe(5);
    bench.clock.advance(1);
    expect(await codeOf(bench)).toBe('PLUGIN_FAILED');
    expect(await codeOf(bench)).toBe('PLUGIN_CIRCUIT_OPEN');
    bench.clock.advance(5_000);
    works = true;
    expect(await codeOf(bench)).toBeUndefined();
    works = false;
    for (let i = 0; i < 5; i++) expect(await codeOf(bench)).toBe('PLUGIN_FAILED');
    expect(await codeOf(bench)).toBe('PLUGIN_CIRCUIT_OPEN');
  });

  it('a success in between begins the count anew', () => {
    const breaker = new Breaker(new ManualClock());
    for (let i = 0; i < 4; i++) breaker.missed();
    breaker.succeeded();
    for (let i = 0; i < 4; i++) breaker.missed();
    expect(breaker.admits()).toBe(true);
    breaker.missed();
    expect(breaker.admits()).toBe(false);
  });

  it('lets one call through while it is being tried, and another once that one told nothing', () => {
    const clock = new ManualClock();
    const breaker = new Breaker(clock);
    for (let i = 0; i < 5; i++) breaker.missed();
    clock.advance(5_000);
    expect([breaker.admits(), breaker.admits()]).toEqual([true, false]);
    breaker.spared();
    expect([breaker.admits(), breaker.admits()]).toEqual([true, false]);
  });

  it('counts a synchronous plugin that overruns, though its answer is used', async () => {
    const { bench } = await moody(({ clock }) => clock.advance(21));
    for (let i = 0; i < 5; i++) expect(await codeOf(bench)).toBeUndefined();
    expect(await codeOf(bench)).toBe('PLUGIN_CIRCUIT_OPEN');
  });

  it('does not count one that answers just in time', async () => {
    const { bench } = await moody(({ clock }) => clock.advance(20));
    for (let i = 0; i < 8; i++) expect(await codeOf(bench)).toBeUndefined();
  });
});
