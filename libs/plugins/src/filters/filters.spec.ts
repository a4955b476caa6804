import { eventColumns, type Plugin } from '@attune/sdk';
import { buildWorld, fakeCall, fakeHost, worldBatch, worldRequest, type WorldAsk } from '@attune/testkit';
import { availabilityFilter, seedsFilter, seenFilter, whereFilter } from '../built-in.js';

const world = buildWorld({
  name: 'shop',
  items: [
    { id: 'a', title: 'A', brand: 'x' },
    { id: 'b', title: 'B', brand: 'y', available: false },
    { id: 'c', title: 'C', brand: 'x', available: true },
  ],
  journeys: new Map(),
  expectations: [],
});
const events = (...steps: readonly (readonly [string, string])[]) =>
  eventColumns({
    items: steps.map(([, id]) => id),
    types: steps.map(([type]) => type),
    at: Float64Array.from(steps, (_, i) => world.now - 10 + i),
  });

/** Ids kept, and the pushdown. */
async function kept(plugin: Plugin<'filter'>, ask: WorldAsk, config: unknown = {}) {
  const running = await plugin.setup(plugin.config.parse(config), fakeHost(world));
  const ids = world.items.map(({ id }) => id);
  const batch = worldBatch(world, [{ request: worldRequest(world, ask), ids }]);
  const keep = new Uint8Array(3).fill(1);
  await running.filter(batch, keep, fakeCall());
  return { ids: ids.filter((_, i) => keep[i] === 1), pushdown: running.pushdown?.(batch.requests[0]!) };
}

describe('filters', () => {
  it('availability removes what is not available; silence means it is', async () => {
    expect(await kept(availabilityFilter, {})).toEqual({ ids: ['a', 'c'], pushdown: { available: true } });
  });

  it('seen removes purchases only where asked to, hidden and disliked items always, and liking brings nothing back', async () => {
    const history = events(['purchase', 'a'], ['hide', 'b'], ['like', 'b'], ['search', '']);
    expect((await kept(seenFilter, { history })).ids).toEqual(['c']);
    const include = await kept(seenFilter, { history, seen: 'include' });
    expect(include).toEqual({ ids: ['a', 'c'], pushdown: { id: { $nin: ['b'] } } });
    expect((await kept(seenFilter, { history, seen: 'include' }, { types: [] })).ids).toEqual(['a', 'c']);
    expect((await kept(seenFilter, { history: events(['view', 'a']) }, { types: ['view'] })).ids).toEqual(['b', 'c']);
    expect((await kept(seenFilter, {})).pushdown).toBeUndefined();
  });

  it('where applies the filter and the exclusions together', async () => {
    expect((await kept(whereFilter, { filter: { brand: 'x' }, exclude: ['c'] })).ids).toEqual(['a']);
    expect((await kept(whereFilter, {})).ids).toEqual(['a', 'b', 'c']);
  });

  it('seeds removes what the request names', async () => {
    expect((await kept(seedsFilter, { itemIds: ['a', 'zzz'] })).ids).toEqual(['b', 'c']);
  });

  it('are vital where showing the item would be wrong', () => {
    expect([availabilityFilter, seenFilter, whereFilter, seedsFilter].map((one) => one.traits.vital)).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });
});
