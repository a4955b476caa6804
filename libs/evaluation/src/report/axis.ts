/** From a value to its place on a plot. */
export type Axis = (value: number) => number;

/** Even steps from `low` at `from` to `high` at `to`; all in the middle where there is one value only. */
export const linearAxis =
  ([low, high]: readonly [number, number], [from, to]: readonly [number, number]): Axis =>
  (value) =>
    high === low ? (from + to) / 2 : from + ((value - low) / (high - low)) * (to - from);

/** Even steps for equal factors; values above 0. */
export const logAxis = ([low, high]: readonly [number, number], [from, to]: readonly [number, number]): Axis => {
  const axis = linearAxis([Math.log10(low), Math.log10(high)], [from, to]);
  return (value) => axis(Math.log10(value));
};

/** About `count` round numbers from `low` to `high`. */
export function ticksWithin(low: number, high: number, count: number): readonly number[] {
  const step = roundStep((high - low) / count);
  if (!(step > 0)) return [low];
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}

/** Powers of ten from the last that is not above `low` to the first that is not below `high`; values above 0. */
export function decadesAround(low: number, high: number): readonly number[] {
  const first = Math.floor(Math.log10(low));
  const last = Math.max(first + 1, Math.ceil(Math.log10(high)));
  return Array.from({ length: last - first + 1 }, (_, i) => 10 ** (first + i));
}

/** The number as a tick's label: no digits that say nothing. */
export const tickLabel = (value: number): string => String(Number(value.toPrecision(4)));

/** 1, 2 or 5 times a power of ten, not below the step. */
function roundStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  const factor = [1, 2, 5].find((one) => one * power >= step * (1 - 1e-9)) ?? 10;
  return factor * power;
}
