import { pool, scaleToUnit } from './pooling.js';

describe('pooling', () => {
  const rows = Float32Array.of(1, 2, 3, 4, 5, 9);

  it('takes the mean of token rows, or the first', () => {
    const out = Float32Array.of(7, 7);
    pool(rows, 'mean', out);
    expect([...out]).toEqual([3, 5]);
    pool(rows, 'cls', out);
    expect([...out]).toEqual([1, 2]);
  });

  it('scales to length 1 and refuses what has no direction', () => {
    const vector = Float32Array.of(3, 4);
    scaleToUnit(vector);
    expect([...vector]).toEqual([Math.fround(0.6), Math.fround(0.8)]);
    for (const bad of [
      [0, 0],
      [NaN, 1],
      [Infinity, 1],
    ])
      expect(() => scaleToUnit(Float32Array.from(bad))).toThrow(/direction/);
  });
});
