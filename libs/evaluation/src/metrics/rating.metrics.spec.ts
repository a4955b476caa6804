import { mae, rmse } from './rating.metrics.js';

it('measures errors of 1, 0 and −2', () => {
  const predicted = Float32Array.of(4, 3, 1);
  expect(rmse(predicted, [3, 3, 3])).toBeCloseTo(Math.sqrt(5 / 3), 12);
  expect(mae(predicted, [3, 3, 3])).toBe(1);
});

it('is NaN without ratings, and refuses lists that are not aligned', () => {
  expect(rmse([], [])).toBeNaN();
  expect(mae([], [])).toBeNaN();
  expect(() => rmse([1], [1, 2])).toThrow('1 predictions are not of 2 ratings');
});
