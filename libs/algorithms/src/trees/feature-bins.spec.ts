import { StoppedError } from '@attune/numeric';
import { binRows, NAN_BIN } from './feature-bins.js';

const options = { maxBins: 255, random: () => 0.5 };
const column = (values: readonly number[], maxBins = 255) => {
  const { edges, bins, stride } = binRows(
    { features: Float32Array.from(values), columns: 1 },
    { ...options, maxBins },
    {},
  );
  return { edges: [...edges[0]!], bins: values.map((_, row) => bins[row * stride]!) };
};

describe('binRows', () => {
  it('parts few values in the middle between neighbors', () => {
    expect(column([3, 1, 1, 7])).toEqual({ edges: [2, 5, Infinity], bins: [1, 0, 0, 2] });
  });

  it('gives NaN a bin of its own and takes infinite numbers', () => {
    const { bins } = column([NaN, -Infinity, 0, Infinity, NaN]);
    expect(bins).toEqual([NAN_BIN, 0, 1, 2, NAN_BIN]);
    expect(column([NaN, NaN])).toEqual({ edges: [Infinity], bins: [NAN_BIN, NAN_BIN] });
  });

  it('makes bins of equal size where there are more values than bins', () => {
    const { bins } = column(
      Array.from({ length: 100 }, (_, i) => (i * 37) % 100),
      4,
    );
    expect([0, 1, 2, 3].map((bin) => bins.filter((own) => own === bin).length)).toEqual([25, 25, 25, 25]);
  });

  it('leaves a value that fills a bin alone in one', () => {
    const zeros = new Array<number>(900).fill(0);
    const { bins } = column([...zeros, ...Array.from({ length: 100 }, (_, i) => i - 50.5)], 11);
    expect(new Set(bins.slice(0, 900)).size).toBe(1);
    expect(bins.slice(900).filter((bin) => bin === bins[0])).toEqual([]);
    expect(new Set(bins).size).toBe(11);
  });

  it('parts floats that are neighbors', () => {
    const next = 1 + 2 ** -23;
    expect(column([1, next, 1]).bins).toEqual([0, 1, 0]);
  });

  it('bins rows that the sample left out, and the padding stays empty', () => {
    let state = 1;
    const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
    const features = Float32Array.from({ length: 3 * 70_000 }, () => random());
    const { bins, stride, edges, rows } = binRows({ features, columns: 3 }, { maxBins: 8, random }, {});
    expect([stride, rows, edges.length]).toEqual([4, 70_000, 3]);
    const counts = new Array<number>(8).fill(0);
    for (let row = 0; row < rows; row++) counts[bins[row * stride + 1]!]!++;
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThan(400);
    expect(bins.filter((bin, at) => at % 4 === 3 && bin !== 0)).toHaveLength(0);
  });

  it('stops when asked to', () => {
    const table = { features: Float32Array.of(1, 2), columns: 1 };
    expect(() => binRows(table, options, { shouldStop: () => true })).toThrow(StoppedError);
  });
});
