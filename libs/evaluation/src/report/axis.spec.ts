import { decadesAround, linearAxis, logAxis, tickLabel, ticksWithin } from './axis.js';

it('places values in proportion, or by factors', () => {
  const linear = linearAxis([10, 20], [0, 100]);
  expect([10, 15, 20].map(linear)).toEqual([0, 50, 100]);
  expect(linearAxis([3, 3], [0, 100])(3)).toBe(50);
  const log = logAxis([0.1, 1000], [0, 40]);
  expect([0.1, 1, 1000].map((value) => Math.round(log(value)))).toEqual([0, 10, 40]);
});

it('has ticks at round numbers', () => {
  expect(ticksWithin(0, 0.1927, 4).map(tickLabel)).toEqual(['0', '0.05', '0.1', '0.15']);
  expect(ticksWithin(0.141, 0.187, 5).map(tickLabel)).toEqual(['0.15', '0.16', '0.17', '0.18']);
  expect(ticksWithin(0, 1, 4).map(tickLabel)).toEqual(['0', '0.5', '1']);
  expect(ticksWithin(2, 2, 4)).toEqual([2]);
});

it('has powers of ten around a range', () => {
  expect(decadesAround(0.02, 480).map(tickLabel)).toEqual(['0.01', '0.1', '1', '10', '100', '1000']);
  expect(decadesAround(10, 10).map(tickLabel)).toEqual(['10', '100']);
});
