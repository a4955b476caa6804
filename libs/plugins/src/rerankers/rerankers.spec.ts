import { vocabularyOf, type Item, type Plugin } from '@attune/sdk';
import { buildWorld, fakeCall, fakeHost, twoGenres, withSpace, worldRequest, worldSlate } from '@attune/testkit';
import { capReranker, collapseVariantsReranker, mmrReranker } from '../built-in.js';

const N = NaN;
const shop = (items: readonly Item[]) => buildWorld({ name: 'shop', items, journeys: new Map(), expectations: [] });
const item = (id: string, groupId?: string): Item => ({ id, title: id, ...(groupId !== undefined && { groupId }) });

async function rerank(plugin: Plugin<'reranker'>, config: unknown, slate: ReturnType<typeof worldSlate>) {
  const running = await plugin.setup(plugin.config.parse(config), fakeHost(twoGenres()));
  return [...(await running.rerank(slate, fakeCall()))];
}

describe('mmr', () => {
  const base = shop(['a', 'a2', 'b', 'none'].map((id) => item(id)));
  const vectors = Float32Array.of(1, 0, 1, 0, 0, 1, N, N);
  const world = withSpace({ ...base, spaces: new Map() }, 'text', { rows: 4, dims: 2, data: vectors });
  const slate = {
    ...worldSlate(world, worldRequest(world), ['a', 'a2', 'b', 'none']),
    scores: Float64Array.of(10, 9, 6, 0),
  };

  it('keeps the order at lambda 1 and avoids likeness below', async () => {
    expect(await rerank(mmrReranker, { lambda: 1 }, slate)).toEqual([0, 1, 2, 3]);
    // After a: a2 has .5 × .9 − .5 × 1, b .5 × .6.
    expect(await rerank(mmrReranker, { lambda: 0.5 }, slate)).toEqual([0, 2, 3, 1]);
  });

  it('means the same at any scale of the scores', async () => {
    for (const change of [(s: number) => s * 1000, (s: number) => s - 5000]) {
      expect(await rerank(mmrReranker, { lambda: 0.5 }, { ...slate, scores: slate.scores.map(change) })).toEqual([
        0, 2, 3, 1,
      ]);
    }
  });

  it('fills `depth` places and leaves what is outside the pool where it is', async () => {
    expect(await rerank(mmrReranker, { lambda: 0.5, depth: 2 }, slate)).toEqual([0, 2, 1, 3]);
    expect(await rerank(mmrReranker, { lambda: 0, pool: 2 }, slate)).toEqual([0, 1, 2, 3]);
  });
});

describe('collapse-variants', () => {
  it('keeps the best of each group and puts the others behind everything', async () => {
    const world = shop([item('r1', 'r'), item('x'), item('r2', 'r'), item('b1', 'b'), item('r3', 'r'), item('y')]);
    const slate = worldSlate(
      world,
      worldRequest(world),
      world.items.map(({ id }) => id),
    );
    expect(vocabularyOf(slate.candidates.ids).size).toBe(6);
    expect(await rerank(collapseVariantsReranker, {}, slate)).toEqual([0, 1, 3, 5, 2, 4]);
  });
});

describe('cap', () => {
  const branded = (brand: string | undefined, i: number): Item => ({
    id: `${brand ?? 'none'}${i}`,
    title: 'x',
    ...(brand !== undefined && { brand }),
    categories: brand === 'a' ? ['red', 'all'] : ['all'],
    attributes: { 'size.eu': [i % 2, i % 2] },
  });
  const world = shop(['a', 'a', 'a', 'b', undefined, 'a', undefined, 'b'].map(branded));
  const ids = world.items.map(({ id }) => id);
  const slate = (limit: number) => worldSlate(world, worldRequest(world, { limit }), ids);

  it('lets so many of a brand into the head, in order, and caps nothing without one', async () => {
    expect(await rerank(capReranker, { by: 'brand', most: 1 }, slate(4))).toEqual([0, 3, 4, 6, 1, 2, 5, 7]);
    expect(await rerank(capReranker, { by: 'brand', most: 2 }, slate(4))).toEqual([0, 1, 3, 4, 2, 5, 6, 7]);
  });

  it('holds for `within` places, and moves nothing behind them', async () => {
    expect(await rerank(capReranker, { by: 'brand', most: 2, within: 3 }, slate(8))).toEqual([0, 1, 3, 2, 4, 5, 6, 7]);
    expect(await rerank(capReranker, { by: 'brand', most: 2, within: 2 }, slate(8))).toEqual([...ids.keys()]);
  });

  it('counts an item for each of its values, and gives way rather than drop one', async () => {
    // Everything is in 'all': one place is capped, the others are filled in order.
    expect(await rerank(capReranker, { by: 'categories', most: 1 }, slate(4))).toEqual([...ids.keys()]);
    expect(await rerank(capReranker, { by: 'brand', most: 1 }, slate(8))).toEqual([0, 3, 4, 6, 1, 2, 5, 7]);
    expect(await rerank(capReranker, { by: 'attributes.size.eu', most: 2 }, slate(4))).toEqual([...ids.keys()]);
    expect(await rerank(capReranker, { by: 'attributes.size.eu', most: 1, within: 2 }, slate(4))).toEqual([
      ...ids.keys(),
    ]);
  });

  it('keeps several caps at the same time, which two steps in turn would not', async () => {
    const config = (by: string) => ({ by, most: 1, within: 3 });
    // By brand 0, 3, 4 and 6 may stand together; of these 0, 4 and 6 have size 0 and 3 has size 1.
    const both = { ...config('brand'), also: [{ by: 'attributes.size.eu', most: 2 }] };
    expect((await rerank(capReranker, both, slate(8))).slice(0, 3)).toEqual([0, 3, 4]);
    const most = { by: 'attributes.size.eu', most: 1 };
    expect((await rerank(capReranker, { ...config('brand'), also: [most] }, slate(8))).slice(0, 2)).toEqual([0, 3]);
    const other = { by: 'attributes.size.eu', most: 2, within: 4, also: [{ by: 'brand', most: 1 }] };
    expect((await rerank(capReranker, other, slate(8))).slice(0, 4)).toEqual([0, 3, 4, 1]);
  });

  it('chooses from the pool alone, and refuses what it cannot count', async () => {
    expect(await rerank(capReranker, { by: 'brand', most: 1, pool: 4 }, slate(4))).toEqual([0, 3, 1, 2, 4, 5, 6, 7]);
    expect(capReranker.config.safeParse({ by: 'price', most: 1 }).success).toBe(false);
  });
});
