import type { TrainingData } from '@attune/sdk';
import { withoutLatestBaskets } from './without-latest-baskets.js';

const PURCHASE = 1;
const VIEW = 0;

/** Events `[user, item, type, at]`. */
function logOf(events: readonly (readonly [number, number, number, number])[]): TrainingData {
  return {
    size: events.length,
    users: Int32Array.from(events, ([user]) => user),
    items: Int32Array.from(events, ([, item]) => item),
    types: Uint8Array.from(events, ([, , type]) => type),
    at: Float64Array.from(events, ([, , , at]) => at),
    values: new Float32Array(events.length).fill(NaN),
    userIds: ['u', 'v', 'w'],
    itemIds: ['a', 'b', 'c', 'd'],
    typeNames: ['view', 'purchase'],
  };
}

const LOG = logOf([
  [0, 0, VIEW, 1],
  [0, 0, PURCHASE, 2],
  [1, 1, PURCHASE, 2],
  [0, 1, PURCHASE, 3],
  [0, 2, PURCHASE, 3],
  [2, 3, VIEW, 4],
  [0, 3, VIEW, 5],
  [1, 2, PURCHASE, 6],
  [0, 3, PURCHASE, 7],
  [2, 3, VIEW, 8],
]);
const kept = (depth: number): string[] => {
  const { size, users, items, at } = withoutLatestBaskets(LOG, depth).data;
  return Array.from({ length: size }, (_, e) => `${LOG.userIds[users[e]!]}${LOG.itemIds[items[e]!]}${at[e]}`);
};

it('leaves out the latest moments of purchase of each user, and all from then on', () => {
  expect(kept(1)).toEqual(['ua1', 'ua2', 'vb2', 'ub3', 'uc3', 'wd4', 'ud5', 'wd8']);
});

it('keeps the first moment of purchase, and whoever never bought', () => {
  expect(kept(2)).toEqual(['ua1', 'ua2', 'vb2', 'wd4', 'wd8']);
  expect(kept(99)).toEqual(kept(2));
});

it('keeps everything of a log without purchases', () => {
  const views = { ...LOG, types: new Uint8Array(LOG.size) };
  expect(withoutLatestBaskets(views, 3).data.size).toBe(LOG.size);
});

it('says from when on each user is not looked at', () => {
  const { until } = withoutLatestBaskets(LOG, 1);
  expect(['u', 'v', 'w', 'stranger'].map(until)).toEqual([7, 6, Infinity, Infinity]);
});
