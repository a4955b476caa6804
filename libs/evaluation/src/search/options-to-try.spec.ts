import { uniform } from '../metrics/bootstrap.js';
import { optionsToTry } from './options-to-try.js';
import { defaultsOf, numberOf, wordOf, type Options, type Grid } from './options.js';

const SPACE = { dims: [64, 16, 32], loss: ['softmax', 'bce'], rate: [0.1, 0.2, 0.3, 0.4] } as const satisfies Grid;
const all = (grid: Grid, seed = 1, best: () => Options | undefined = () => undefined): Options[] => [
  ...optionsToTry(grid, uniform(seed), best),
];
const keyOf = (options: Options): string => JSON.stringify(options);

it('tries the defaults first, then every combination once', () => {
  const tried = all(SPACE);
  expect(tried[0]).toEqual({ dims: 64, loss: 'softmax', rate: 0.1 });
  expect(tried).toHaveLength(3 * 2 * 4);
  expect(new Set(tried.map(keyOf)).size).toBe(tried.length);
  for (const options of tried)
    for (const [name, values] of Object.entries<readonly unknown[]>(SPACE)) expect(values).toContain(options[name]);
});

it('follows from its seed', () => {
  expect(all(SPACE, 7)).toEqual(all(SPACE, 7));
  expect(all(SPACE, 8)).not.toEqual(all(SPACE, 7));
});

it('tries the defaults alone where there is nothing to choose', () => {
  expect(all({})).toEqual([{}]);
  expect(all({ dims: [8] })).toEqual([{ dims: 8 }]);
});

it('stays next to the best for half of the tries', () => {
  const wide = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [name, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]]));
  const best = defaultsOf(wide);
  const tried: Options[] = [];
  for (const options of optionsToTry(wide, uniform(3), () => best)) if (tried.push(options) === 60) break;
  const changes = tried.map((options) => Object.keys(wide).filter((name) => options[name] !== best[name]).length);
  const near = changes.filter((count) => count <= 1).length;
  expect(near).toBeGreaterThan(20);
  expect(near).toBeLessThan(40);
});

describe('options', () => {
  it('are read by name and kind', () => {
    const options = { dims: 8, loss: 'bce' };
    expect(numberOf(options, 'dims')).toBe(8);
    expect(wordOf(options, 'loss', ['softmax', 'bce'])).toBe('bce');
    expect(() => numberOf(options, 'loss')).toThrow('loss is no number: bce');
    expect(() => numberOf(options, 'constructor')).toThrow('constructor is no number');
    expect(() => wordOf(options, 'dims', ['softmax'])).toThrow('dims is none of softmax: 8');
  });
});
