/** Values of a model's parameters, by name. */
export type Options = Readonly<Record<string, number | string>>;

/** Values that a search may try for each parameter; the first of each is the default. */
export type Grid = Readonly<Record<string, readonly (number | string)[]>>;

/** The value of a parameter that is a number. Throws Error for one that the learner does not have. */
export function numberOf(options: Options, name: string): number {
  const value = options[name];
  if (typeof value !== 'number') throw new Error(`${name} is no number: ${value}`);
  return value;
}

/** The value of a parameter that is one of some words. Throws Error for another. */
export function wordOf<W extends string>(options: Options, name: string, words: readonly W[]): W {
  const word = words.find((one) => one === options[name]);
  if (word === undefined) throw new Error(`${name} is none of ${words.join(', ')}: ${options[name]}`);
  return word;
}

/** Whether options have the parameters of a grid, each with one of its values. */
export const isOf = (grid: Grid, options: Options): boolean =>
  Object.keys(options).length === Object.keys(grid).length &&
  Object.entries(grid).every(([name, values]) => values.some((value) => value === options[name]));

/** The values of all parameters of a grid at their defaults. */
export const defaultsOf = (grid: Grid): Options =>
  Object.fromEntries(Object.entries(grid).map(([name, values]) => [name, values[0]!]));

/** Every combination of the values of a grid, the defaults first. */
export const allOptions = (grid: Grid): readonly Options[] =>
  Object.entries(grid).reduce<readonly Options[]>(
    (all, [name, values]) => all.flatMap((options) => values.map((value) => ({ ...options, [name]: value }))),
    [{}],
  );
