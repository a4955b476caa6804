import fc from 'fast-check';
import { axpy, dot, normalizeRows } from './vectors.kernel.js';

const floats = fc.array(fc.integer({ min: -1000, max: 1000 }), { maxLength: 40 });

describe('vector kernels', () => {
  it('dot equals the sum of products of the addressed parts', () => {
    fc.assert(
      fc.property(floats, fc.nat(5), fc.nat(5), (xs, aOffset, bOffset) => {
        const a = Float32Array.from([...Array<number>(aOffset).fill(9), ...xs, 7]);
        const b = Float32Array.from([...Array<number>(bOffset).fill(5), ...xs.map((x) => x + 1), 7]);
        const expected = xs.reduce((sum, x) => sum + x * (x + 1), 0);
        expect(dot(a, aOffset, b, bOffset, xs.length)).toBe(expected);
      }),
    );
  });

  it('normalizeRows gives norm 1 and leaves zeros', () => {
    const data = Float32Array.of(3, 4, 0, 0, -2, 0);
    normalizeRows(data, 2);
    expect([...data]).toEqual([Math.fround(0.6), Math.fround(0.8), 0, 0, -1, 0]);
    expect(() => normalizeRows(data, 4)).toThrow('6 numbers are not whole rows of 4 dims');
  });

  it('axpy adds a scaled part', () => {
    const y = Float32Array.of(1, 1, 1);
    axpy(y, Float32Array.of(9, 1, 2, 3), 1, 2, 2);
    expect([...y]).toEqual([3, 5, 1]);
  });
});
