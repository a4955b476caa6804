import { eventColumns, type Host, type Plugin, type VectorBlock } from '@attune/sdk';
import {
  buildWorld,
  fakeCall,
  fakeHost,
  withSpace,
  worldBatch,
  worldRequest,
  worldExplainedSlate,
} from '@attune/testkit';
import { contentKnnRetriever, contentSimilarityScorer, goesWithExplainer, mmrReranker } from '../built-in.js';
import { meanVector, scoreVectors } from './mean-vector.js';

const ids = ['near', 'far', 'long', 'none'];
const block = (metric: VectorBlock['metric']): VectorBlock => ({
  rows: 4,
  dims: 2,
  data: Float32Array.of(1, 0, 0, 1, 6, 8, NaN, NaN),
  metric,
});
const near = (values: readonly number[]) =>
  values.map((value) => (Number.isNaN(value) ? NaN : (expect.closeTo(value, 4) as number)));
const shop = buildWorld({
  name: 'spaces',
  items: ids.map((id) => ({ id, title: id })),
  journeys: new Map(),
  expectations: [],
});
const world = withSpace(shop, 'points', block('euclidean'));
const host: Host<'embed'> = {
  embed: { query: async (space) => (space === 'points' ? Float32Array.of(0, 2) : new Float32Array(64).fill(1)) },
};

async function scores(query: object | undefined, config: object): Promise<number[]> {
  const plugin: Plugin<'scorer'> = contentSimilarityScorer;
  const running = await plugin.setup(plugin.config.parse(config), { ...fakeHost(world), ...host });
  const history = eventColumns({ items: ['long'], types: ['like'], at: Float64Array.of(world.now) });
  const request = { ...worldRequest(world, { history }), query } as ReturnType<typeof worldRequest>;
  const out = new Float32Array(4).fill(NaN);
  await running.score(worldBatch(world, [{ request, ids }]), out, fakeCall());
  return [...out];
}

describe('vectors', () => {
  it('average to a direction under cosine and to a point elsewhere, without what has no vector', () => {
    const mean = (metric: VectorBlock['metric']) => [...meanVector(block(metric), [1, 3, 0, 5])!];
    expect(mean('cosine')).toEqual([expect.closeTo(1 / Math.sqrt(10)), expect.closeTo(3 / Math.sqrt(10))]);
    for (const metric of ['dot', 'euclidean'] as const) expect(mean(metric)).toEqual([0.25, 0.75]);
    expect(meanVector(block('dot'), [0, 0, 0, 1])).toBeUndefined();
  });

  it.each([
    ['cosine', [0, 1, 8, NaN]],
    ['dot', [0, 1, 8, NaN]],
    ['euclidean', [-Math.SQRT2, 0, -Math.sqrt(36 + 49), NaN]],
  ] as const)('are compared by %s', (metric, expected) => {
    const out = new Float32Array(4);
    scoreVectors(Float32Array.of(0, 1), block(metric), out, { start: 0, end: 4 });
    expect([...out]).toEqual(near(expected));
  });
});

describe('the space of a request', () => {
  it("is the query's own, else the configured one; for the history always that", async () => {
    const byQuery = near([-Math.sqrt(5), -1, -Math.sqrt(72), NaN]);
    expect(await scores({ text: 'x', space: 'points' }, {})).toEqual(byQuery);
    expect(await scores({ text: 'x' }, { space: 'points' })).toEqual(byQuery);
    expect(await scores({ text: 'x' }, {})).not.toEqual(byQuery);
    const fromLong = near([-Math.sqrt(89), -Math.sqrt(85), 0, NaN]);
    expect(await scores(undefined, { space: 'points' })).toEqual(fromLong);
    expect((await scores(undefined, {}))[2]).toBeCloseTo(1, 5);
  });

  it.each([contentKnnRetriever, contentSimilarityScorer])('is proved when $id is set up', async (plugin) => {
    const unknown = plugin.setup(plugin.config.parse({ space: 'nowhere' }), fakeHost(world));
    await expect(unknown).rejects.toMatchObject({ code: 'SPACE_UNKNOWN' });
  });

  it('is searched where it is asked for', async () => {
    const asked: string[] = [];
    const vectorIndex = {
      knn: async ({ space }: { space: string }) => (asked.push(space), { ids: [], scores: new Float32Array(0) }),
    };
    const running = await contentKnnRetriever.setup(contentKnnRetriever.config.parse({ space: 'points' }), {
      ...fakeHost(world),
      ...host,
      vectorIndex,
    });
    const plain = worldRequest(world, { query: 'x' });
    await running.retrieve([plain, { ...plain, query: { text: 'x', space: 'text' } }], 5, fakeCall());
    expect(asked).toEqual(['points', 'text']);
  });
});

describe('likeness', () => {
  // In a space of points 'long' lies far from everything, yet in nearly the direction of 'far'.
  const points = withSpace({ ...shop, spaces: new Map() }, 'text', block('euclidean'));
  const slate = worldExplainedSlate(points, worldRequest(points, { itemIds: ['far'] }), [
    'far',
    'long',
    'near',
    'none',
  ]);

  it('is the cosine whatever the metric: of a reason', async () => {
    const running = await goesWithExplainer.setup(
      goesWithExplainer.config.parse({ minLikeness: 0.7 }),
      fakeHost(points),
    );
    const reasons = await running.explain(slate, fakeCall());
    expect(reasons.map((reason) => reason?.evidence)).toEqual([['far'], ['far'], undefined, undefined]);
  });

  it('and of diversity', async () => {
    const running = await mmrReranker.setup(mmrReranker.config.parse({ lambda: 0 }), fakeHost(points));
    // Next to 'far', 'long' is alike by .8 and 'near' by 0; then 'long' and 'none' tie behind them by .8 and 0.
    expect([...(await running.rerank(slate, fakeCall()))]).toEqual([0, 2, 3, 1]);
  });
});
