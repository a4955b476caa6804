import { Csr } from './csr.matrix.js';
import { inKernel, inPlain, type RatingDescent } from './rating-descent.kernel.js';

const steps = { mean: 3, rate: 0.05, penalty: 0.2, gain: 2 };
const rows = [0, 0, 0, 2, 2, 3];
const cols = [0, 1, 3, 1, 2, 3];
const ratings = Csr.fromTriplets({ rows, cols, values: [5, 1, 2, 4, 4, 3] }, 4, 4);

/** Items, biases, the last factor and the users' biases after two rounds from a given start. */
function rounds(descent: RatingDescent, dims: number): number[][] {
  for (let item = 0; item < 4; item++)
    for (let d = 0; d < dims; d++) descent.items[item * descent.width + d] = Math.sin(item + 3 * d);
  for (let d = 0; d < dims; d++) descent.factor[d] = Math.cos(d);
  const biases = [0.1, 0.2, 0.3, 0.4];
  for (let round = 0; round < 2; round++)
    for (let user = 0; user < 4; user++) biases[user] = descent.learn(user, biases[user]!);
  const factors = Array.from({ length: 4 }, (_, i) => [
    ...descent.items.subarray(i * descent.width, i * descent.width + dims),
  ]);
  return [...factors, [...descent.biases], [...descent.factor.subarray(0, dims)], biases];
}

describe('rating descent', () => {
  it.each([1, 4, 7, 12])('with %d dims is the same in the kernel as in plain TypeScript', (dims) => {
    const kernel = rounds(inKernel(ratings, dims, steps), dims);
    const plain = rounds(inPlain(ratings, dims, steps), dims);
    kernel.forEach((row, r) => row.forEach((value, d) => expect(value).toBeCloseTo(plain[r]![d]!, 5)));
    expect(plain.at(-1)![0]).not.toBeCloseTo(0.1, 2);
    expect(plain.at(-1)![1]).toBe(0.2);
  });

  it('moves by the gradient of one rating', () => {
    const descent = inPlain(Csr.fromTriplets({ rows: [0], cols: [0], values: [5] }, 1, 1), 1, steps);
    descent.items[0] = 2;
    descent.factor[0] = 0.5;
    // Error 5 - 3 - 0 - 0 - 1 = 1; a step is .05, what is left of a number .99.
    expect(descent.learn(0, 0)).toBeCloseTo(0.05, 6);
    expect(descent.biases[0]).toBeCloseTo(0.05, 6);
    expect(descent.factor[0]).toBeCloseTo(0.99 * 0.5 + 2 * 0.05 * 2, 6);
    expect(descent.items[0]).toBeCloseTo(0.99 * 2 + 0.05 * 0.5, 6);
  });
});
