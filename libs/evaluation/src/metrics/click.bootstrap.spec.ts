import { aucDifference, aucEstimate, calibrationEstimate, resampledAuc } from './click.bootstrap.js';
import { uniform } from './bootstrap.js';
import { auc, calibration } from './click.metrics.js';

const random = uniform(8);
const N = 120;
const labels = Uint8Array.from({ length: N }, (_, i) => Number(i % 3 === 0));
/** Scores in tenths, so that there are ties; the second is better. */
const [worse, better] = [0.05, 0.3].map((weight) =>
  Float32Array.from(labels, (label) => Math.round(10 * (weight * label + (1 - weight) * random())) / 10),
);
const each = Int32Array.from(labels, (_, i) => i);
const [first, second] = resampledAuc([worse!, better!], { labels, owners: each });

/** Cases of each resample, drawn as `resampledAuc` draws them. */
function drawn(seed = 42): readonly (readonly number[])[] {
  const draws = uniform(seed);
  return Array.from({ length: 1000 }, () => Array.from({ length: N }, () => Math.floor(draws() * N)));
}

it('is AUC on the cases of each resample', () => {
  drawn().forEach((cases, run) => {
    if (run % 50 > 0) return;
    const chosen = cases.map((i) => labels[i]!);
    expect(first!.resamples[run]).toBeCloseTo(
      auc(
        cases.map((i) => worse![i]!),
        chosen,
      ),
      12,
    );
    expect(second!.resamples[run]).toBeCloseTo(
      auc(
        cases.map((i) => better![i]!),
        chosen,
      ),
      12,
    );
  });
  expect([first!.auc, second!.auc]).toEqual([auc(worse!, labels), auc(better!, labels)]);
});

it('has the interval of the resamples', () => {
  const { mean, low, high } = aucEstimate(second!);
  const sorted = [...second!.resamples].sort((a, b) => a - b);
  expect([mean, low, high]).toEqual([second!.auc, sorted[25], sorted[974]]);
  expect(low < mean && mean < high).toBe(true);
});

it('compares on the same cases', () => {
  const { difference, p } = aucDifference(first!, second!);
  expect(difference.mean).toBeCloseTo(second!.auc - first!.auc, 12);
  const apart = aucEstimate(second!).high - aucEstimate(first!).low;
  expect(difference.low).toBeGreaterThan(0);
  expect(difference.high).toBeLessThan(apart);
  expect(p).toBeCloseTo(2 / 1001, 9);
  expect(aucDifference(second!, second!)).toEqual({ difference: { mean: 0, low: 0, high: 0 }, p: 1 });
  expect(aucDifference(second!, first!).p).toBe(p);
});

it('resamples owners with all that is theirs', () => {
  const owners = each.map((i) => i % 12);
  const [found] = resampledAuc([better!], { labels, owners });
  const draws = uniform(42);
  for (const resample of found!.resamples.subarray(0, 40)) {
    const people = Array.from({ length: 12 }, () => Math.floor(draws() * 12));
    const cases = people.flatMap((owner) => [...each].filter((i) => owners[i] === owner));
    const of = (list: ArrayLike<number>): readonly number[] => cases.map((i) => list[i]!);
    expect(resample).toBeCloseTo(auc(of(better!), of(labels)), 12);
  }
});

it('learns nothing from cases that are told again', () => {
  const told = [0, 1, 2, 3].flatMap(() => [...each]);
  const four = { labels: told.map((i) => labels[i]!), owners: Int32Array.from(told) };
  const [again] = resampledAuc([told.map((i) => better![i]!)], four);
  expect(aucEstimate(again!)).toEqual(aucEstimate(second!));
});

it('takes p of those resamples that are numbers', () => {
  // Three owners: where only one of the first two is drawn there is but one label.
  const few = { labels: [1, 0, 1], owners: Int32Array.of(0, 1, 2) };
  const [low, high] = resampledAuc(
    [
      [0, 1, 0],
      [1, 0, 1],
    ],
    few,
  );
  const numbers = high!.resamples.filter((value) => !Number.isNaN(value)).length;
  expect(numbers).toBeLessThan(900);
  expect(aucDifference(low!, high!)).toEqual({ difference: { mean: 1, low: 1, high: 1 }, p: 2 / (numbers + 1) });
  const none = { auc: NaN, resamples: new Float64Array(1000).fill(NaN) };
  expect(aucDifference(none, none).p).toBe(1);
});

describe('calibrationEstimate', () => {
  const thirds = new Float32Array(N).fill(1 / 3);
  it.each([
    ['mirrors the resamples', better!, 1],
    ['is cut at 0 for probabilities that hold', thirds, -1],
  ])('%s', (_, told, side) => {
    const found = calibrationEstimate(told, { labels, owners: each });
    const of = (cases: readonly number[]): number =>
      calibration(
        cases.map((i) => told[i]!),
        cases.map((i) => labels[i]!),
      ).error;
    const errors = drawn().map(of);
    errors.sort((a, b) => a - b);
    const error = of([...each]);
    const low = 2 * error - errors[974]!;
    expect(Math.sign(low)).toBe(side);
    expect(found.mean).toBe(error);
    expect(found.low).toBeCloseTo(Math.max(0, low), 9);
    expect(found.high).toBeCloseTo(Math.max(0, 2 * error - errors[25]!), 9);
  });

  it('resamples owners', () => {
    const told = [0, 1, 2, 3].flatMap(() => [...each]);
    const four = { labels: told.map((i) => labels[i]!), owners: Int32Array.from(told) };
    const once = calibrationEstimate(better!, { labels, owners: each });
    const again = calibrationEstimate(
      told.map((i) => better![i]!),
      four,
    );
    expect([again.low, again.high]).toEqual([expect.closeTo(once.low, 9), expect.closeTo(once.high, 9)]);
  });
});
