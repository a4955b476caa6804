import { toldHistory } from './recency.js';

const DAY_MS = 86_400_000;
const at = 10 * DAY_MS;
const rows = Int32Array.of(7, 3, 7, 5);
const times = Float64Array.of(1, 6, 8, 8).map((day) => day * DAY_MS);
const shopper = { user: 0, at, rows, times };

it('tells what was bought again where it was bought last, fading by days', () => {
  const told = toldHistory({ history: rows, shopper }, { halfLifeDays: 2 });
  expect(told.rows).toEqual([3, 7, 5]);
  expect(told.weights).toEqual([0.25, 0.5, 0.5]);
  expect(told.shopper).toBe(shopper);
});

it('tells a history in order by its newest, and whole where nothing is asked', () => {
  expect(toldHistory({ history: rows }, { last: 2, decay: 0.5 })).toEqual({ rows: [7, 5], weights: [0.5, 1] });
  expect(toldHistory({ history: rows, shopper }, {})).toEqual({ rows, shopper });
});
