import { ExposureColumns, type TrainingData } from '@attune/sdk';
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
  const { size, users, items, at } = withoutLatestBaskets(LOG, depth);
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
  expect(withoutLatestBaskets(views, 3).size).toBe(LOG.size);
});

it('leaves out slates that could have led to what is left out', () => {
  const DAY_MS = 86_400_000;
  const columns = new ExposureColumns(
    logOf([
      [0, 0, PURCHASE, 1],
      [0, 1, PURCHASE, 20 * DAY_MS],
      [1, 1, PURCHASE, 2 * DAY_MS],
    ]),
    [],
  );
  for (const [userId, day] of [
    ['u', 12.9],
    ['v', 13],
    ['new', 13],
    [undefined, 13],
    ['u', 13.1],
  ] as const)
    columns.add({ at: day * DAY_MS, userId, surface: 's', context: {}, items: [{ id: 'a', position: 0, deeds: 1 }] });
  const { exposures, userIds } = withoutLatestBaskets(columns.collected(), 1);
  expect(Array.from(exposures!.users, (user) => userIds[user])).toEqual(['u', 'v', 'new', undefined]);
  expect([[...exposures!.offsets], [...exposures!.deeds]]).toEqual([
    [0, 1, 2, 3, 4],
    [1, 1, 1, 1],
  ]);
});
