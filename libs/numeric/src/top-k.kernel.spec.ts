import fc from 'fast-check';
import { topK } from './top-k.kernel.js';

const score = fc.oneof(fc.integer({ min: -4, max: 4 }), fc.double(), fc.constantFrom(NaN, Infinity, -Infinity, -0));

describe('topK', () => {
  it('equals a stable sort of what is kept', () => {
    fc.assert(
      fc.property(fc.array(score), fc.nat(30), fc.array(fc.nat(2)), fc.boolean(), (scores, k, bytes, masked) => {
        const keep = masked ? Uint8Array.from(bytes) : undefined;
        const allowed = [...scores.keys()].filter((i) => !Number.isNaN(scores[i]) && (!keep || keep[i]));
        const higher = (a: number, b: number): number =>
          scores[a]! === scores[b]! ? a - b : scores[a]! < scores[b]! ? 1 : -1;
        expect([...topK(scores, k, keep)]).toEqual(allowed.sort(higher).slice(0, k));
      }),
      { numRuns: 500 },
    );
  });

  it('gives nothing for k of zero or less, and all for k beyond the length', () => {
    expect(topK([1, 2], 0)).toHaveLength(0);
    expect(topK([1, 2], -3)).toHaveLength(0);
    expect([...topK(Float32Array.of(1, 2), 10)]).toEqual([1, 0]);
  });
});
