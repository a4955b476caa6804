import { mendedOrder } from './mended-order.js';

describe('mendedOrder', () => {
  it.each([
    [[2, 1, 3], 3, [1, 0, 2]],
    [[], 3, [0, 1, 2]],
    [[3, 3, 3], 3, [2, 0, 1]],
    [[999, 0, -1, 2, 2], 3, [1, 0, 2]],
    [[1.5, NaN, Infinity, 2], 2, [1, 0]],
    [[1], 0, []],
  ])('makes %j of %i things %j', (numbers, size, order) => {
    expect(mendedOrder(numbers, size)).toEqual(order);
  });
});
