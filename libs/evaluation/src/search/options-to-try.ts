import { defaultsOf, type Options, type Grid } from './options.js';

/** Share of draws that change one parameter of the best so far; the others change all. */
const NEAR = 0.5;
/** Draws until a grid counts as searched through. */
const PATIENCE = 50;

/**
 * Options to try, each once: the defaults, then by chance, half of them next to the best so far (random search, Bergstra and
 * Bengio 2012, with local moves). Ends where nothing new is found.
 */
export function* optionsToTry(
  grid: Grid,
  random: () => number,
  best: () => Options | undefined,
): Generator<Options, void> {
  const tried = new Set<string>();
  let misses = 0;
  let options = defaultsOf(grid);
  while (misses < PATIENCE) {
    const key = JSON.stringify(options);
    if (tried.has(key)) misses += 1;
    else {
      tried.add(key);
      misses = 0;
      yield options;
    }
    const near = random() < NEAR ? best() : undefined;
    options = near === undefined ? drawn(grid, random) : changed(near, grid, random);
  }
}

const drawn = (grid: Grid, random: () => number): Options =>
  Object.fromEntries(Object.entries(grid).map(([name, values]) => [name, pick(values, random)]));

function changed(options: Options, grid: Grid, random: () => number): Options {
  const names = Object.keys(grid);
  if (names.length === 0) return options;
  const name = pick(names, random);
  return { ...options, [name]: pick(grid[name]!, random) };
}

const pick = <T>(values: readonly T[], random: () => number): T => values[Math.floor(random() * values.length)]!;
