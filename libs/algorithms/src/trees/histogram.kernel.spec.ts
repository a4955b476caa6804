import { wholeDerivatives } from './derivative-sums.js';
import { binRows } from './feature-bins.js';
import { COLUMN_SIZE, HistogramMaker, subtractHistogram } from './histogram.kernel.js';

const ROWS = 2000;
const COLUMNS = 5;

function world() {
  let state = 3;
  const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  const features = Float32Array.from({ length: ROWS * COLUMNS }, () => (random() < 0.1 ? NaN : random()));
  const binned = binRows({ features, columns: COLUMNS }, { maxBins: 255, random }, {});
  const gradients = Float64Array.from({ length: ROWS }, () => random() - 0.5);
  const hessians = Float64Array.from({ length: ROWS }, () => random());
  const derivatives = wholeDerivatives(gradients, hessians, new Float64Array(2 * ROWS));
  return {
    binned,
    derivatives,
    gradients,
    hessians,
    order: Int32Array.from({ length: ROWS }, (_, i) => (i * 7) % ROWS),
  };
}

describe('HistogramMaker', () => {
  it.each([0, 1, 127, 128, 300, 500, 501, 2000])(
    'sums %d rows by bin, gathered or not, in arrays used again',
    (count) => {
      const { binned, derivatives, order } = world();
      const rows = order.subarray(0, count);
      const expected = new Float64Array(COLUMNS * COLUMN_SIZE);
      for (const row of rows)
        for (let column = 0; column < COLUMNS; column++) {
          const at = column * COLUMN_SIZE + 2 * binned.bins[row * binned.stride + column]!;
          expected[at]! += derivatives.pairs[2 * row]!;
          expected[at + 1]! += derivatives.pairs[2 * row + 1]!;
        }
      const maker = new HistogramMaker(binned);
      maker.give(maker.make(order, derivatives));
      expect(maker.make(rows, derivatives).subarray(0, expected.length)).toEqual(expected);
    },
  );

  it('leaves the other part to the last bit when a part is subtracted', () => {
    const { binned, derivatives, order } = world();
    const maker = new HistogramMaker(binned);
    const whole = maker.make(order, derivatives);
    subtractHistogram(whole, maker.make(order.subarray(0, 700), derivatives));
    expect(whole).toEqual(maker.make(order.subarray(700), derivatives));
  });
});

describe('wholeDerivatives', () => {
  it('keeps sums, and how many rows they are of, within a double', () => {
    const { derivatives, gradients, hessians } = world();
    const { pairs, gradientScale, hessianScale, unit } = derivatives;
    const sum = (offset: number): number => pairs.reduce((total, x, i) => total + (i % 2 === offset ? x : 0), 0);
    expect(pairs.every(Number.isInteger)).toBe(true);
    expect(sum(0) / gradientScale).toBeCloseTo(
      gradients.reduce((total, x) => total + x, 0),
      9,
    );
    expect(Math.floor(sum(1) / unit)).toBe(ROWS);
    expect((sum(1) % unit) / hessianScale).toBeCloseTo(
      hessians.reduce((total, x) => total + x, 0),
      6,
    );
    expect(sum(1)).toBeLessThan(2 ** 53);
  });
});
