import fc from 'fast-check';
import { auc, calibration, logLoss } from './click.metrics.js';

describe('auc', () => {
  it('is the share of pairs in order, ties counting half', () => {
    // Pairs: .8 above .6 and .2; .6 ties with .6, above .2.
    expect(auc([0.8, 0.6, 0.6, 0.2], [1, 0, 1, 0])).toBe(3.5 / 4);
    expect(auc([1, 1, 1], [0, 1, 0])).toBe(0.5);
    expect(auc([1, 2], [1, 1])).toBeNaN();
  });

  it('equals the count over all pairs', () => {
    const row = fc.tuple(fc.integer({ min: -3, max: 3 }), fc.constantFrom(0, 1));
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 40 }), (rows) => {
        const side = (wanted: number): readonly number[] =>
          rows.filter(([, label]) => label === wanted).map(([score]) => score);
        const pairs = side(1).flatMap((a) => side(0).map((b): number => (a > b ? 1 : a === b ? 0.5 : 0)));
        fc.pre(pairs.length > 0);
        const scores = rows.map(([score]) => score);
        const labels = rows.map(([, label]) => label);
        expect(auc(scores, labels)).toBeCloseTo(pairs.reduce((sum, pair) => sum + pair, 0) / pairs.length, 12);
      }),
    );
  });

  it('refuses NaN and lists that are not aligned', () => {
    expect(() => auc([1, NaN], [1, 0])).toThrow('score 1 is not a number');
    expect(() => auc([1], [])).toThrow('1 scores are not of 0 labels');
  });
});

describe('logLoss', () => {
  it('is the mean of −ln of what came true', () => {
    expect(logLoss([0.8, 0.25], [1, 0])).toBeCloseTo(-(Math.log(0.8) + Math.log(0.75)) / 2, 12);
    expect(logLoss([0.5], [1])).toBeCloseTo(Math.LN2, 12);
    expect(logLoss([], [])).toBeNaN();
  });

  it('is finite for a certain error, and refuses what is no probability', () => {
    expect(logLoss([0], [1])).toBeCloseTo(15 * Math.LN10, 9);
    expect(() => logLoss([0.5, 1.5], [1, 0])).toThrow('prediction 1 is 1.5');
    expect(() => logLoss([NaN], [1])).toThrow('is NaN');
  });
});

describe('calibration', () => {
  it('weighs the gaps of the bins by their counts', () => {
    const { error, bins } = calibration([0.1, 0.3, 0.6, 1], [0, 1, 1, 1], 2);
    expect(bins).toEqual([
      { low: 0, high: 0.5, count: 2, predicted: 0.2, observed: 0.5 },
      { low: 0.5, high: 1, count: 2, predicted: 0.8, observed: 1 },
    ]);
    // 2 / 4 × .3 + 2 / 4 × .2.
    expect(error).toBeCloseTo(0.25, 12);
  });

  it('leaves empty bins out, and is 0 for what comes true as often as it says', () => {
    const { error, bins } = calibration([0.5, 0.5], [1, 0]);
    expect(error).toBe(0);
    expect(bins.map(({ count }) => count)).toEqual([0, 0, 0, 0, 0, 2, 0, 0, 0, 0]);
    expect(bins[0]!.observed).toBeNaN();
    expect(calibration([], []).error).toBeNaN();
    expect(() => calibration([0.5], [1], 0)).toThrow('there are no 0 bins');
  });
});
