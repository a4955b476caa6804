import type { Item, SlateItem } from '@attune/sdk';
import { gathered } from '../../../slates/frozen-pages.js';
import { frozenOrder } from './frozen-order.js';

const document = (id: string): Item => ({ id, title: `Item ${id}` });
const frozen = { ids: ['a', 'b', 'c', 'd', 'e'], scores: [5, 4, 3, 2, 1] };
const reason = { key: 'popular', text: 'Many buy it', evidence: [] };

/** As it is served again: `e` first, `c` with another score, without `b`; `d` was deleted. */
const served: readonly Omit<SlateItem, 'rank'>[] = [
  { id: 'e', score: 1, item: document('e'), contributions: { popularity: 1 }, reason },
  { id: 'x', score: 0.9, item: document('x'), contributions: { popularity: 0.9 } },
  { id: 'c', score: 0.5, item: document('c'), contributions: { popularity: 0.5 }, reason },
  { id: 'a', score: 5, item: document('a'), contributions: { popularity: 5 } },
  { id: 'd', score: 2, contributions: { popularity: 2 } },
];

const order = frozenOrder(
  frozen,
  {
    passed: () => ({ ids: served.map(({ id }) => id), scores: served.map(({ score }) => score) }),
    page: async (from, to, places = []) =>
      places.slice(from, to).map((place, i) => ({ ...served[place]!, rank: from + i + 1 })),
  },
  { get: async (ids) => ids.map((id) => (id === 'b' ? document(id) : undefined)) },
);

const a = { id: 'a', score: 5, rank: 1, item: document('a'), contributions: { popularity: 5 } };
const b = { id: 'b', score: 4, rank: 2, item: document('b') };
const c = { id: 'c', score: 3, rank: 3, item: document('c'), reason };
const d = { id: 'd', score: 2, rank: 4, contributions: { popularity: 2 } };
const e = { id: 'e', score: 1, rank: 5, item: document('e'), contributions: { popularity: 1 }, reason };

describe('frozenOrder', () => {
  it('keeps place and score of then, and tells parts of a score only where they give it', async () => {
    expect(await order.show(0, 5)).toEqual([a, b, c, d, e]);
    expect(order.total).toBe(5);
  });

  it.each([
    [1, 2],
    [2, 5],
    [4, 9],
    [5, 9],
  ])('shows places %i to %i as it does among all', async (from, to) => {
    expect(await order.show(from, to)).toEqual([a, b, c, d, e].slice(from, to));
  });

  it('is paged without what has no document any more', async () => {
    expect(await gathered(order, 1, 3)).toEqual({ items: [b, c, e], to: 5 });
  });
});
