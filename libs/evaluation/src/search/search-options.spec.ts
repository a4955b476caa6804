import { setTimeout } from 'node:timers/promises';
import type { Options } from './options.js';
import { searchOptions, type Search, type SearchLimits } from './search-options.js';
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

it('keeps the best of all it tries', async () => {
  const made: Options[] = [];
  const { trial, learned, tried } = await searchOptions(peak(made), limits());
  expect(trial).toMatchObject({ model: 'peak', options: { x: 3, y: 1 }, asking: { last: 5 }, figure: 5 });
  expect([learned, tried, made.length]).toEqual(['x3', 15, 15]);
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
  const made: Options[] = [];
  const left: number[] = [];
  const search = peak(made);
  const attempt: typeof search.attempt = async (options, seconds) => {
    left.push(seconds);
    await setTimeout(2);
    return search.attempt(options, seconds);
  };
  const { tried, trial } = await searchOptions({ ...search, attempt }, limits({ seconds: 0 }));
  expect([tried, made, left]).toEqual([1, [{ x: 0, y: 0 }], [0]]);
  expect(trial.seconds).toBeGreaterThan(0.001);
});

it('ends in time, and tells each attempt what is left', async () => {
  const left: number[] = [];
  const search = peak();
  const attempt: typeof search.attempt = async (options, seconds) => {
    left.push(seconds);
    await setTimeout(60);
    return search.attempt(options, seconds);
  };
  const { tried } = await searchOptions({ ...search, attempt }, limits({ seconds: 0.2 }));
  // A busy machine may make less of it.
  expect(tried).toBeLessThanOrEqual(4);
  expect(left[0]).toBeCloseTo(0.2, 1);
  expect(left).toEqual([...left].sort((a, b) => b - a));
});

it('goes on from what was tried, not from what learning made of it', async () => {
  const made: Options[] = [];
  const search = peak(made);
  const attempt: typeof search.attempt = async (options, seconds) => {
    const found = await search.attempt(options, seconds);
    return { ...found, options: { ...options, x: 99, stopAfter: 2 } };
  };
  const { trial, tried } = await searchOptions({ ...search, attempt }, limits());
  expect(trial.options).toEqual({ x: 99, y: 1, stopAfter: 2 });
  expect(tried).toBe(15);
  for (const options of made) expect(Object.keys(options)).toEqual(['x', 'y']);
});

it('counts a figure that is no number as the worst', async () => {
  const search = peak();
  const attempt: typeof search.attempt = async (options, seconds) => {
    const found = await search.attempt(options, seconds);
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
