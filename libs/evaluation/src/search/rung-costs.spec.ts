import { RungCosts } from './rung-costs.js';

const [defaults, quick, slow] = [{ x: 0 }, { x: 1 }, { x: 2 }];

it('takes options to be as much longer on more of the data as others were', () => {
  const costs = new RungCosts(defaults, 2, 12);
  expect([costs.of(defaults, 1), costs.of(defaults, 1 / 3), costs.of(defaults, 1 / 9)]).toEqual([12, 4, 2]);
  costs.onFirst(slow, 10);
  expect([costs.of(slow, 1), costs.of(slow, 1 / 9)]).toEqual([60, 10]);
  costs.inFull(slow, 84);
  // Both took 12 on the first rung and 96 in full.
  expect([costs.of(slow, 1), costs.of(defaults, 1)]).toEqual([80, 16]);
});

it('takes those that were on no rung to be as the mean of others', () => {
  const costs = new RungCosts(defaults, 2, 12);
  costs.onFirst(slow, 10);
  expect([costs.of(quick, 1 / 9), costs.of(quick, 1)]).toEqual([6, 36]);
});
