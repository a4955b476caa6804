import type { Options } from './options.js';
import { searchOptions, triedLine } from './search-options.js';
import type { Search, SearchLimits } from './tries.js';
import { Trials } from './trials.js';

const grid = { x: [0, 1, 2, 3, 4], y: [0, 1, 2] };
const limits = (more: Partial<SearchLimits> = {}): SearchLimits => ({
  seconds: 60,
  trials: new Trials('task', undefined),
  seed: 1,
  ...more,
});

/** Best at x 3, y 1; what is tried is kept in `made`. */
function peak(made: Options[] = [], more: Partial<Search<string>> = {}): Search<string> {
  const attempt = (options: Options) => {
    made.push(options);
    const figure = 5 - Math.abs(Number(options['x']) - 3) - Math.abs(Number(options['y']) - 1);
    return Promise.resolve({ learned: `x${options['x']}`, options, asking: { last: 5 }, figure });
  };
  return { model: 'peak', grid, attempt, ...more };
}

/** The same, and each try takes so many seconds of a clock that stands still otherwise. */
function timedPeak(seconds: number) {
  const made: Options[] = [];
  const left: number[] = [];
  let now = 0;
  const plain = peak(made);
  const attempt: typeof plain.attempt = (options, given, share) => {
    left.push(given);
    now += 1000 * seconds;
    return plain.attempt(options, given, share);
  };
  return { made, left, search: { ...plain, attempt }, clock: () => now };
}

it('keeps the best of all it tries', async () => {
  const made: Options[] = [];
  const { trial, learned, tried, inFull } = await searchOptions(peak(made), limits());
  expect(trial).toMatchObject({ model: 'peak', options: { x: 3, y: 1 }, asking: { last: 5 }, figure: 5 });
  expect([learned, tried, inFull, made.length]).toEqual(['x3', 15, 15, 15]);
  expect(made[0]).toEqual({ x: 0, y: 0 });
});

it('keeps the first of those that are equally good', async () => {
  const { trial } = await searchOptions(peak([], { grid: { x: [2, 4], y: [1] } }), limits());
  expect(trial.options).toEqual({ x: 2, y: 1 });
});

it('does not try again what an earlier search tried, of the same model', async () => {
  const trials = new Trials('task', undefined);
  const first = await searchOptions(peak(), limits({ trials }));
  const made: Options[] = [];
  const again = await searchOptions(peak(made), limits({ trials }));
  expect(made).toEqual([]);
  expect(again).toEqual({ ...first, learned: undefined });
  await searchOptions(peak(made, { model: 'other' }), limits({ trials }));
  expect(made).toHaveLength(15);
});

it('chooses the best of an earlier search, too, where it does not come by it itself', async () => {
  const trials = new Trials('task', undefined);
  const best = { model: 'peak', options: { x: 4, y: 2 }, asking: { last: 5 }, figure: 9, seconds: 1 };
  trials.add({ x: 4, y: 2 }, best);
  const made: Options[] = [];
  const { trial, learned } = await searchOptions(peak(made), limits({ trials, seconds: 0 }));
  expect([trial, learned, made]).toEqual([best, undefined, [{ x: 0, y: 0 }]]);
});

it('chooses nothing of an earlier search that may not be tried any more', async () => {
  const trials = new Trials('task', undefined);
  await searchOptions(peak(), limits({ trials }));
  const { trial } = await searchOptions(peak([], { grid: { x: [0, 1], y: [0] } }), limits({ trials }));
  expect(trial.options).toEqual({ x: 1, y: 0 });
});

it('follows from its seed', async () => {
  const orders = [5, 5, 6].map(async (seed) => {
    const made: Options[] = [];
    await searchOptions(peak(made), limits({ seed }));
    return made;
  });
  const [one, same, other] = await Promise.all(orders);
  expect(same).toEqual(one);
  expect(other).not.toEqual(one);
});

it('makes one attempt, the defaults, where there is no time', async () => {
  const { search, clock, made, left } = timedPeak(2);
  const { tried, trial } = await searchOptions(search, limits({ seconds: 0, clock }));
  expect([tried, made, left, trial.seconds]).toEqual([1, [{ x: 0, y: 0 }], [0], 2]);
});

it('ends in time, and tells each attempt what is left', async () => {
  const { search, clock, left } = timedPeak(6);
  const { tried } = await searchOptions(search, limits({ seconds: 23.5, clock }));
  // The last one is begun where nine tenths of its time are left.
  expect([tried, left]).toEqual([4, [23.5, 17.5, 11.5, 5.5]]);
});

it('goes on from what was tried, not from what learning made of it', async () => {
  const made: Options[] = [];
  const search = peak(made);
  const attempt: typeof search.attempt = async (options, ...given) => {
    const found = await search.attempt(options, ...given);
    return { ...found, options: { ...options, x: 99, stopAfter: 2 } };
  };
  const { trial, tried } = await searchOptions({ ...search, attempt }, limits());
  expect(trial.options).toEqual({ x: 99, y: 1, stopAfter: 2 });
  expect(tried).toBe(15);
  for (const options of made) expect(Object.keys(options)).toEqual(['x', 'y']);
});

it('counts a figure that is no number as the worst', async () => {
  const search = peak();
  const attempt: typeof search.attempt = async (options, ...given) => {
    const found = await search.attempt(options, ...given);
    return options['x'] === 0 ? { ...found, figure: NaN } : found;
  };
  expect((await searchOptions({ ...search, attempt }, limits())).trial.figure).toBe(5);
  const only = await searchOptions({ ...search, grid: { x: [0], y: [0] }, attempt }, limits());
  expect(only.trial.figure).toBe(-Number.MAX_VALUE);
});

it('passes on what an attempt throws', async () => {
  const failing = peak([], { attempt: () => Promise.reject(new RangeError('nobody has two items')) });
  await expect(searchOptions(failing, limits())).rejects.toThrow(RangeError);
});

it('says what became of it', () => {
  expect(triedLine('ease', { tried: 7, inFull: 7 })).toBe('ease: 7 tried');
  expect(triedLine('ease', { tried: 7, inFull: 2 })).toBe('ease: 7 tried, 2 of them in full');
});
