import type { Options } from './options.js';
import { searchOptions } from './search-options.js';
import { Trials } from './trials.js';

const VALUES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const GRID = { x: VALUES, y: VALUES };
const SHARES = [1 / 9, 1 / 3];

interface World {
  readonly trials?: Trials;
  readonly seconds?: number;
  /** Seconds of the clock that a try on a share takes. */
  readonly secondsOf?: (share: number, options: Options) => number;
  readonly figureOf?: (options: Options, share: number) => number;
  /** Attempts until the process is killed. */
  readonly kill?: number;
}

const worth = ({ x, y }: Options): number => -Math.abs(Number(x) - 6) - Math.abs(Number(y) - 3);

/** Searches options on rungs, on a clock that tries alone move; what is tried, where, in its order. */
async function searched({
  trials = new Trials('task', undefined),
  seconds = 180,
  secondsOf = (share) => 9 * share,
  figureOf = worth,
  kill = Infinity,
}: World = {}) {
  const made: string[] = [];
  let now = 0;
  const attempt = (options: Options, _seconds: number, share: number) => {
    if (made.length === kill) return Promise.reject(new Error('killed'));
    made.push(`${options['x']} ${options['y']} on ${share === 1 ? 'all' : share.toFixed(2)}`);
    now += 1000 * secondsOf(share, options);
    return Promise.resolve({ learned: share, options, asking: {}, figure: figureOf(options, share) });
  };
  const searching = searchOptions(
    { model: 'peak', grid: GRID, shares: SHARES, attempt },
    { seconds, trials, seed: 1, clock: () => now },
  );
  const found = await searching.catch(() => undefined);
  return { made, found, seconds: now / 1000 };
}

const on = (made: readonly string[], share: string): readonly string[] => made.filter((one) => one.endsWith(share));

it('judges many on little, the best of them on more, and few in full', async () => {
  const { made, found, seconds } = await searched();
  const [little, more, full] = ['0.11', '0.33', 'all'].map((share) => on(made, share).length) as [
    number,
    number,
    number,
  ];
  expect(little).toBeGreaterThan(2 * more);
  expect(more).toBeGreaterThan(full);
  // The defaults are judged in full first, whatever becomes of them on a rung.
  expect(made.slice(0, 2)).toEqual(['0 0 on all', '0 0 on 0.11']);
  expect(found).toMatchObject({ tried: little, inFull: full, learned: 1 });
  expect(full).toBeGreaterThan(2);
  expect(seconds).toBeLessThanOrEqual(180 + 1);
});

it('compares for the choice what was judged in full, and nothing else', async () => {
  // The better a share says they are, the worse they are.
  const { found } = await searched({
    figureOf: (options, share) => (share < 1 ? 1000 - worth(options) : worth(options)),
  });
  expect(found!.trial).toMatchObject({ figure: worth(found!.trial.options) });
  expect(found!.trial.share).toBeUndefined();
});

it('finds in few seconds what takes more of them without rungs', async () => {
  const best = (await searched({ seconds: 90 })).found!.trial.figure;
  const without = (await searched({ seconds: 90, secondsOf: () => 9 })).found!.trial.figure;
  expect(best).toBeGreaterThan(without);
});

it('ends in time, with what waits judged in full', async () => {
  for (const seconds of [50, 63, 77, 120, 200, 300]) {
    const { made, found, ...used } = await searched({ seconds });
    expect(made.at(-1)).toMatch(/on all$/);
    // A try is begun where nine tenths of its time are left.
    expect(used.seconds).toBeLessThanOrEqual(seconds + 1);
    expect(found!.inFull).toBeGreaterThan(1);
  }
});

it('keeps more time for those that take longer', async () => {
  // Those that are better take up to five times as long.
  const secondsOf = (share: number, options: Options): number => share * 9 * Math.max(1, 5 + worth(options));
  const { seconds, found } = await searched({ secondsOf, seconds: 150 });
  expect(seconds).toBeLessThanOrEqual(150 + 0.1 * 9 * 5);
  expect(found!.inFull).toBeGreaterThan(1);
});

it('is stopped anywhere and goes on: nothing is tried twice, in the same order', async () => {
  const whole = await searched();
  for (const kill of [1, 2, 5, 11, 20, 33]) {
    const trials = new Trials('task', undefined);
    const first = await searched({ trials, kill });
    expect([first.made.length, first.found]).toEqual([kill, undefined]);
    const { made, found } = await searched({ trials });
    const all = [...first.made, ...made];
    expect(new Set(all).size).toBe(all.length);
    // It has more time than what is left of the whole one, which ended with what waited.
    const order = whole.made.slice(0, whole.made.findLastIndex((one) => !one.endsWith('all')) + 1);
    expect(all.slice(0, order.length)).toEqual(order);
    expect(found!.trial.figure).toBeGreaterThanOrEqual(whole.found!.trial.figure);
  }
});

it.each<[string, World]>([
  ['on a share are not much cheaper', { secondsOf: (share) => (share === 1 ? 9 : 6) }],
  ['in full are very few', { seconds: 30 }],
  ['in full may be of all options', { seconds: 9 * 301 }],
])('tries in full alone where trials %s', async (_, world) => {
  const { made, found } = await searched(world);
  expect(made.length - on(made, 'all').length).toBeLessThanOrEqual(1);
  expect(found!.inFull).toBe(found!.tried);
});
