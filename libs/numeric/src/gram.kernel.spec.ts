import fc from 'fast-check';
import { Csr } from './csr.matrix.js';
import { gram } from './gram.kernel.js';

const entry = fc.tuple(fc.nat(9), fc.nat(6), fc.integer({ min: -3, max: 3 }));

describe('gram', () => {
  it('equals X^T X', () => {
    fc.assert(
      fc.property(fc.array(entry), (entries) => {
        const x = Array.from({ length: 10 }, () => Array<number>(7).fill(0));
        for (const [row, col, value] of entries) x[row]![col]! += value;
        const [rows, cols, values] = [0, 1, 2].map((part) => entries.map((e) => e[part]!));
        const result = gram(Csr.fromTriplets({ rows: rows!, cols: cols!, values: values! }, 10, 7));
        for (let i = 0; i < 7; i++)
          for (let j = 0; j < 7; j++)
            expect(result[i * 7 + j]! + 0).toBe(x.reduce((sum, line) => sum + line[i]! * line[j]!, 0) + 0);
      }),
    );
  });

  it('stops on request', () => {
    const matrix = Csr.fromTriplets({ rows: [0], cols: [0] }, 1, 1);
    expect(() => gram(matrix, { shouldStop: () => true })).toThrow('stopped on request');
  });
});
