import { performance } from 'node:perf_hooks';

import { timeProgress } from './progress.js';

/** Shares told at moments of the clock, in milliseconds since it began. */
function sharesAt(seconds: number, moments: number[]): number[] {
  const shares: number[] = [];
  const clock = jest.spyOn(performance, 'now').mockReturnValue(0);
  const tell = timeProgress('ease', seconds, (title, share) => {
    expect(title).toBe('ease');
    shares.push(share);
  });
  for (const moment of moments) {
    clock.mockReturnValue(moment);
    tell();
  }
  clock.mockRestore();
  return shares;
}

it('tells the share of the time that has gone, never all of it', () => {
  expect(sharesAt(0.02, [0, 5, 10, 20, 40])).toEqual([0, 0.25, 0.5, 0.99, 0.99]);
});

it('tells that the end is near where there is no time', () => {
  expect(sharesAt(0, [0])).toEqual([0.99]);
});
