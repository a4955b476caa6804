import { ExposureColumns, keptSlates, type ShownSlate } from './exposure-columns.js';
import type { TrainingData } from './training.js';

const LOG: TrainingData = {
  size: 1,
  users: Int32Array.of(0),
  items: Int32Array.of(0),
  types: Uint8Array.of(0),
  at: Float64Array.of(5),
  values: Float32Array.of(NaN),
  userIds: ['ann'],
  itemIds: ['a'],
  typeNames: ['view'],
};
const slate = (at: number, items: readonly string[], more: Partial<ShownSlate> = {}): ShownSlate => ({
  at,
  userId: 'bob',
  surface: 'home',
  context: { device: 'phone' },
  items: items.map((id, position) => ({ id, position, deeds: position })),
  ...more,
});

function collected(slates: readonly ShownSlate[], most?: number): TrainingData {
  const columns = new ExposureColumns(LOG, ['device', 'toString'], most);
  for (const one of slates) columns.add(one);
  return columns.collected();
}

it('appends people and items to those of the log, which keep their rows', () => {
  const data = collected([
    slate(1, ['b', 'a']),
    slate(2, []),
    slate(2, ['a'], { userId: 'ann', surface: 'cart', context: { device: 7 } }),
    slate(3, ['b'], { userId: undefined, context: {} }),
  ]);
  expect(data).toMatchObject({ size: 1, userIds: ['ann', 'bob'], itemIds: ['a', 'b'] });
  expect(data.exposures).toEqual({
    offsets: Int32Array.of(0, 2, 3, 4),
    users: Int32Array.of(1, 0, -1),
    at: Float64Array.of(1, 2, 3),
    surfaces: Int32Array.of(0, 1, 0),
    surfaceNames: ['home', 'cart'],
    context: { device: ['phone', '7', ''], toString: ['', '', ''] },
    items: Int32Array.of(1, 0, 0, 1),
    positions: Int32Array.of(0, 1, 0, 0),
    deeds: Uint8Array.of(0, 1, 0, 0),
  });
  expect(LOG.userIds).toEqual(['ann']);
});

it('drops the oldest slates where there are too many rows, never the newest', () => {
  const slates = Array.from({ length: 50 }, (_, at) => slate(at, ['a', 'b']));
  expect([...collected(slates, 5).exposures!.at]).toEqual([48, 49]);
  expect([...collected(slates, 1).exposures!.at]).toEqual([49]);
});

it('names nobody and nothing of slates that were dropped, and is in order of time', () => {
  const slates = Array.from({ length: 50 }, (_, at) => slate(at, [`i${at}`, 'a'], { userId: `u${at}` }));
  const data = collected([...slates, slate(47.5, ['late', 'a'], { userId: 'u49' })], 5);
  expect([...data.exposures!.at]).toEqual([47.5, 49]);
  expect([data.userIds, data.itemIds]).toEqual([
    ['ann', 'u49'],
    ['a', 'late', 'i49'],
  ]);
  expect([[...data.exposures!.users], [...data.exposures!.items]]).toEqual([
    [1, 1],
    [1, 0, 2, 0],
  ]);
});

it('keeps some slates', () => {
  const data = keptSlates(collected([slate(1, ['b']), slate(2, ['a', 'b']), slate(3, ['a'])]), (at) => at !== 0);
  expect(data.exposures).toMatchObject({
    offsets: Int32Array.of(0, 2, 3),
    at: Float64Array.of(2, 3),
    users: Int32Array.of(1, 1),
    context: { device: ['phone', 'phone'] },
    items: Int32Array.of(0, 1, 0),
    deeds: Uint8Array.of(0, 1, 0),
  });
  expect(keptSlates(LOG, () => false)).toBe(LOG);
});
