import { standardized } from './standardized.js';

it('has mean 0 and deviation 1, in the same order', () => {
  const scores = standardized(Float32Array.of(1, 3, 5, 7));
  expect([...scores].map((score) => score.toFixed(4))).toEqual(['-1.3416', '-0.4472', '0.4472', '1.3416']);
});

it('gives 0 where a model has no opinion, which does not count', () => {
  expect([...standardized(Float32Array.of(NaN, 2, 4, NaN))]).toEqual([0, -1, 1, 0]);
});

it.each([[[5, 5, 5]], [[NaN, NaN]], [[1e-30, 1e-30]], [[7]], [[]]])(
  'gives 0 for %j: nothing is told apart',
  (scores) => {
    expect([...standardized(Float32Array.from(scores))]).toEqual(scores.map(() => 0));
  },
);

it('takes scores of any size', () => {
  expect([...standardized(Float32Array.of(-1e30, 1e30))]).toEqual([-1, 1]);
});
