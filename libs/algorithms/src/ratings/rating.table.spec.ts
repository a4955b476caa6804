import { ratingTable, rowMeans } from './rating.table.js';
import { ratingsOf } from './testing/small-world.js';

const shape = { userCount: 2, itemCount: 3 };
const rows = [
  [1, 2, 5],
  [0, 1, 2],
  [1, 0, 1],
  [1, 2, 4],
] as const;

describe('ratingTable', () => {
  it('has each pair once, with the mean of its ratings', () => {
    const { byUser, byItem, mean } = ratingTable(ratingsOf(rows, shape));
    expect([...byUser.row(1).indices]).toEqual([0, 2]);
    expect([...byUser.row(1).values]).toEqual([1, 4.5]);
    expect([...byItem.row(2).values]).toEqual([4.5]);
    expect(mean).toBe(2.5);
    expect([...rowMeans(byItem, 9)]).toEqual([1, 2, 4.5]);
    expect([...rowMeans(ratingTable(ratingsOf(rows, { userCount: 3, itemCount: 3 })).byUser, 9)]).toEqual([2, 2.75, 9]);
  });

  it('refuses what is no rating', () => {
    expect(() => ratingTable(ratingsOf([], shape))).toThrow(new RangeError('there are no ratings'));
    for (const bad of [NaN, Infinity, 0, 6])
      expect(() => ratingTable(ratingsOf([[0, 0, bad]], shape))).toThrow(
        new RangeError(`rating 0 is ${bad}, which is not within 1 to 5`),
      );
    expect(() => ratingTable(ratingsOf([[2, 0, 1]], shape))).toThrow('entry 0 at (2, 0) lies outside a 2 x 3 matrix');
    expect(() => ratingTable(ratingsOf([[0, -1, 1]], shape))).toThrow(RangeError);
    expect(() => ratingTable({ ...ratingsOf(rows, shape), users: new Int32Array(1) })).toThrow('differ in length');
    expect(() => ratingTable({ ...ratingsOf(rows, shape), scale: [5, 1] })).toThrow('does not ascend');
  });
});
