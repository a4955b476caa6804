import { eventColumns } from '@attune/sdk';
import { basketsOf, holdOutLast, wantedOf } from './last-basket.split.js';

const history = eventColumns({
  items: ['a', 'b', 'a', '', 'c', 'b', 'd'],
  types: ['purchase', 'purchase', 'view', 'purchase', 'purchase', 'purchase', 'click'],
  at: Float64Array.of(10, 10, 15, 16, 20, 20, 30),
});

it('makes baskets of what was bought at one moment', () => {
  expect(basketsOf(history)).toEqual([
    { at: 10, itemIds: ['a', 'b'] },
    { at: 20, itemIds: ['c', 'b'] },
  ]);
});

it('holds out the last basket and asks just before it', () => {
  const held = holdOutLast('ann', basketsOf(history))!;
  expect(held).toMatchObject({ userId: 'ann', askAt: 19, known: new Set(['a', 'b']) });
  expect(wantedOf(held, 'newItems')).toEqual(new Set(['c']));
  expect(wantedOf(held, 'wholeBasket')).toEqual(new Set(['b', 'c']));
});

it('leaves out who bought once or never', () => {
  expect(holdOutLast('ann', [{ at: 1, itemIds: ['a'] }])).toBeUndefined();
  expect(holdOutLast('ann', [])).toBeUndefined();
});
