/** Numbers from `from` (inclusive) to `to` (exclusive); open where one is absent. */
export interface NumberBand {
  readonly from?: number;
  readonly to?: number;
  readonly count: number;
}

const BANDS = 5;
/** Steps of round numbers within a power of ten. */
const ROUND = [1, 2, 2.5, 5, 10];

/**
 * Up to five bands that hold about equally many of the numbers each, with round edges, the outer ones open. None is empty,
 * and together they hold every number once. NaN and infinities are ignored.
 */
export function bandsOf(numbers: readonly number[]): readonly NumberBand[] {
  const sorted = Float64Array.from(numbers.filter(Number.isFinite)).sort();
  if (sorted.length === 0) return [];
  const step = roundStep((quantile(sorted, 0.9) - quantile(sorted, 0.1)) / BANDS);
  const edges = new Set<number>();
  for (let band = 1; band < BANDS; band++) edges.add(roundTo(quantile(sorted, band / BANDS), step));
  const bands: NumberBand[] = [];
  let from: number | undefined;
  let start = 0;
  for (const to of [...edges].sort((a, b) => a - b)) {
    const end = firstNotBelow(sorted, to);
    if (end === start || end === sorted.length) continue;
    bands.push({ ...(from !== undefined && { from }), to, count: end - start });
    [from, start] = [to, end];
  }
  bands.push({ ...(from !== undefined && { from }), count: sorted.length - start });
  return bands;
}

/** The largest round step within a band's width; 0 where all numbers are alike. */
function roundStep(width: number): number {
  if (width <= 0) return 0;
  const power = 10 ** Math.floor(Math.log10(width));
  return power * (ROUND.findLast((round) => round * power <= width) ?? 1);
}

/** To the step, without the noise of its binary fraction: 0.30000000000000004 is no edge to show. */
const roundTo = (value: number, step: number): number =>
  step === 0 ? value : Number((Math.round(value / step) * step).toPrecision(12));

const quantile = (sorted: Float64Array, share: number): number => sorted[Math.floor(share * (sorted.length - 1))]!;

function firstNotBelow(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
