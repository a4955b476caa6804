import { uniform } from '../metrics/bootstrap.js';
import { bestTrial, chosenWithout } from './held-out.choice.js';

it('chooses for each case by the others alone', () => {
  const trials = [
    [1, 0, 0.5],
    [0.6, 0.6, 0.5],
  ];
  // Sums without each: .5 and 1.1; 1.5 and 1.1; 1 and 1.2.
  expect(chosenWithout(trials)).toEqual([1, 0, 1]);
  expect(bestTrial(trials)).toBe(1);
});

it('takes the first of equals, and for a single case', () => {
  expect(chosenWithout([[0], [1]])).toEqual([0]);
  expect(bestTrial([[0.1, 0.2], [0.2, 0.1], [0.3]])).toBe(0);
  expect(chosenWithout([])).toEqual([]);
});

it('is what summing the others anew gives', () => {
  const random = uniform(3);
  const trials = Array.from({ length: 30 }, () => Array.from({ length: 6 }, random));
  const expected = Array.from({ length: 6 }, (_, at) => {
    const sums = trials.map((values) => values.reduce((sum, value, i) => (i === at ? sum : sum + value), 0));
    return sums.indexOf(Math.max(...sums));
  });
  expect(chosenWithout(trials)).toEqual(expected);
  expect(new Set(expected).size).toBeGreaterThan(1);
});
