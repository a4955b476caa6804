import { CountedSlates } from './counted-slates.js';
import { DeedsBySlate } from './deed.js';

const slate = (slateId: string, minute: number) => ({ slateId, at: new Date(minute * 60_000).toISOString() });

it('knows the last slates, and is certain only of those later than what it forgot', () => {
  const counted = new CountedSlates(2);
  expect([counted.lacks(slate('a', 1)), counted.add(slate('a', 1)), counted.add(slate('a', 1))]).toEqual([
    true,
    true,
    false,
  ]);
  expect([counted.lacks(slate('a', 1)), counted.lacks(slate('z', 0))]).toEqual([false, true]);
  for (const each of [slate('b', 3), slate('c', 2), slate('d', 4)]) expect(counted.add(each)).toBe(true);
  expect(['a', 'b', 'c', 'd'].map((id) => counted.lacks(slate(id, 3)))).toEqual([false, false, false, false]);
  expect([counted.lacks(slate('e', 3)), counted.lacks(slate('e', 4))]).toEqual([false, true]);
});

it('keeps no more deeds than it may, those of the slates first heard of going first', () => {
  const deeds = new DeedsBySlate(3);
  const deed = (slateId: string, type: string) => ({ slateId, type, at: '', items: [] });
  for (const [slateId, type] of [
    ['a', '1'],
    ['a', '2'],
    ['b', '1'],
    ['b', '2'],
  ] as const)
    deeds.add(deed(slateId, type));
  expect([deeds.take('a'), deeds.take('b').map(({ type }) => type), deeds.take('b')]).toEqual([[], ['1', '2'], []]);
});
