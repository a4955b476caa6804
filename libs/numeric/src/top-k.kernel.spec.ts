import fc from 'fast-check';
import { uniform } from './fixtures/dense.js';
import { withoutWebAssembly } from './fixtures/without-web-assembly.js';
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

  // Around sixteen lanes and the pieces that are copied in (16,384 scores).
  it.each([1_024, 1_025, 1_039, 16_384, 16_385, 40_000])('is the same without WebAssembly for %i scores', (count) => {
    const random = uniform(count);
    const odd = [NaN, Infinity, -Infinity, 0, -0];
    // Few different values, so that many are equal; some that are no numbers.
    const scores = Float32Array.from({ length: count }, () =>
      random() < 0.01 ? odd[Math.floor(5 * random())]! : Math.floor(50 * random()) / 7,
    );
    const keep = Uint8Array.from({ length: count - 9 }, () => (random() < 0.3 ? 0 : 2));
    for (const k of [1, 10, 600])
      for (const mask of [undefined, keep]) {
        const plain = withoutWebAssembly(() => topK(scores, k, mask));
        expect(topK(scores, k, mask)).toEqual(plain);
        expect(plain).toHaveLength(k);
      }
  });

  it('finds less than asked for where less qualifies', () => {
    const scores = new Float32Array(2_000).fill(NaN);
    scores[1_999] = -Infinity;
    scores[5] = 1;
    scores[7] = 2;
    expect([...topK(scores, 10)]).toEqual([7, 5, 1_999]);
    expect([...topK(scores, 10, Uint8Array.of(0, 0, 0, 0, 0, 1))]).toEqual([5]);
  });
});
