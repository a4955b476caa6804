import { believed } from './rating-bounds.js';

const stars = Array.from({ length: 100 }, (_, i) => 1 + (i % 5));

it('believes what lies not too far from most ratings', () => {
  expect(believed(stars)).toEqual([1 - 80, 5 + 80]);
  expect(believed([...stars, 500, -1e9])).toEqual([1 - 80, 5 + 80]);
});

it('believes everything where most are alike, or there are none', () => {
  expect(believed([...Array<number>(99).fill(3), 1e6])).toEqual([-Infinity, Infinity]);
  expect(believed([])).toEqual([-Infinity, Infinity]);
  expect(believed([2])).toEqual([-Infinity, Infinity]);
});
