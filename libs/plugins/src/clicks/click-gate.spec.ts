import type { Showing } from './case-plan.js';
import { holdOutShowings, judgeClicks } from './click-gate.js';
import { itemRates } from './item-rates.js';
import type { PastShowings } from './past-showings.js';

const showing = (ids: readonly string[], positions = ids.map((_, i) => i), surface = 'home'): Showing => ({
  moment: { at: 0, surface, history: [], attributes: undefined, context: {} },
  items: ids.map((id) => ({ id, item: undefined })),
  positions,
});
const past = (showings: readonly Showing[], labels: readonly number[]): PastShowings => ({
  showings,
  labels: Uint8Array.from(labels),
});
const repeated = <T>(value: T, times: number): readonly T[] => Array.from({ length: times }, () => value);

describe('itemRates', () => {
  it('are clicks over those that places would have, shrunk, at the places that are asked about', () => {
    // The first place has 30 clicks of 40, the second 10: 40 of 80. `a` stood first 20 times, with 20 clicks.
    const ab = repeated(showing(['a', 'b']), 20);
    const ba = repeated(showing(['b', 'a']), 20);
    const labels = [...repeated([1, 0], 20).flat(), ...repeated([1, 1], 10).flat(), ...repeated([0, 0], 10).flat()];
    const ratesOf = itemRates(past([...ab, ...ba], labels));
    const [first, second] = [(30 + 20 * 0.5) / 60, (10 + 20 * 0.5) / 60];
    const expectedOfEach = 20 * first + 20 * second;
    const [a, b] = [30, 10].map((yes) => (yes + 5) / (expectedOfEach + 5));
    const told = ratesOf(showing(['a', 'b', 'new']));
    [first * a!, second * b!, 0.5].forEach((rate, i) => expect(told[i]).toBeCloseTo(rate, 10));
    // A surface that was never seen has the rate of all; a place cannot make anything certain.
    expect(ratesOf(showing(['new'], [0], 'cart'))[0]).toBeCloseTo(0.5, 10);
    expect(ratesOf({ ...showing(['a']), positions: undefined })[0]).toBeCloseTo(first * a!, 10);
  });
});

describe('holdOutShowings', () => {
  const slates = (count: number, labelOf: (s: number) => number) =>
    past(
      repeated(showing(['a']), count),
      Array.from({ length: count }, (_, s) => labelOf(s)),
    );

  it('holds out the last tenth', () => {
    const { before, held } = holdOutShowings(slates(205, (s) => Number(s % 3 === 0)))!;
    expect([before.showings.length, before.labels.length, held.showings.length, held.labels.length]).toEqual([
      185, 185, 20, 20,
    ]);
  });

  it('holds out nothing of fewer than 200 slates, or where what came before is all alike', () => {
    expect(holdOutShowings(slates(199, (s) => s % 2))).toBeUndefined();
    expect(holdOutShowings(slates(200, (s) => s % 2))).toBeDefined();
    expect(holdOutShowings(slates(300, (s) => Number(s > 280)))).toBeUndefined();
  });
});

describe('judgeClicks', () => {
  // No item and no place is any better: rates say one half of everything.
  const before = past(repeated(showing(['a', 'b'], [0, 0]), 50), repeated([1, 0, 0, 1], 25).flat());
  const half = Math.log(2);

  it('compares log losses, with the standard error over slates', () => {
    const held = past([showing(['a', 'b'], [0, 0]), showing(['a', 'b'], [0, 0]), showing(['a'], [0])], [1, 0, 0, 1, 1]);
    const told = [0.8, 0.2, 0.2, 0.8, 0.2];
    const { figures, evaluation } = judgeClicks({ before, held }, told, 1);
    const [good, bad] = [-Math.log(0.8), -Math.log(0.2)];
    const logLoss = (4 * good + bad) / 5;
    expect(figures).toEqual({
      slates: 3,
      cases: 5,
      taken: 0.6,
      foretold: 0.44,
      logLoss: expect.closeTo(logLoss, 4),
      rates: { logLoss: expect.closeTo(half, 4) },
    });
    const mean = half - logLoss;
    const gains = [2 * (half - good), 2 * (half - good), half - bad];
    const squares = [2, 2, 1].map((cases, i) => (gains[i]! - mean * cases) ** 2);
    const error = Math.sqrt((squares.reduce((sum, square) => sum + square, 0) * 3) / 2) / 5;
    expect(evaluation).toEqual({
      metric: expect.stringMatching(/on 5 items of 3 slates held out, where they have 0\.69315,$/),
      value: expect.closeTo(mean, 4),
      minimum: expect.closeTo(-2 * error, 4),
    });
  });

  it('asks for so many times as good, and refuses what is worse on every slate', () => {
    const held = past(repeated(showing(['a', 'b'], [0, 0]), 30), repeated([1, 0], 30).flat());
    const verdict = (p: number, gate: number) => {
      const { value, minimum } = judgeClicks({ before, held }, repeated([p, 1 - p], 30).flat(), gate).evaluation;
      return value >= minimum;
    };
    expect([verdict(0.6, 1), verdict(0.5, 1), verdict(0.4, 1), verdict(0.6, 2), verdict(0.8, 2)]).toEqual([
      true,
      true,
      false,
      false,
      true,
    ]);
  });
});
