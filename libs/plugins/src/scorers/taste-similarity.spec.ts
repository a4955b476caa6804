import { eventColumns, type VectorBlock } from '@attune/sdk';
import { fakeCall, fakeHost, twoGenres, worldBatch, worldRequest } from '@attune/testkit';
import { tasteSimilarityScorer } from '../built-in.js';

const world = twoGenres();
const ids = ['jazz0', 'jazz1', 'metal0', 'metal1'];
const history = eventColumns({ items: ['jazz0'], types: ['purchase'], at: Float64Array.of(world.now - 1) });

async function scores(space?: string, gather?: (space: string, ids: readonly string[]) => Promise<VectorBlock>) {
  const host = fakeHost(world);
  const running = await tasteSimilarityScorer.setup(tasteSimilarityScorer.config.parse({}), {
    ...host,
    ...(gather && { itemVectors: { gather } }),
  });
  const request = { ...worldRequest(world, { history }), query: { text: 'metal', space } };
  const out = new Float32Array(ids.length).fill(NaN);
  await running.score(worldBatch(world, [{ request, ids }]), out, fakeCall());
  return [...out];
}

describe('taste-similarity', () => {
  it('follows the person whatever is asked for', async () => {
    const [same, like, other] = await scores();
    expect(same).toBeCloseTo(1, 5);
    expect(like).toBeGreaterThan(other!);
  });

  it('compares in the space of the query', async () => {
    const asked: string[] = [];
    const gather = async (space: string, some: readonly string[]): Promise<VectorBlock> => {
      asked.push(space);
      return { rows: some.length, dims: 1, data: Float32Array.from(some, (id) => (id.startsWith('jazz') ? 1 : -1)) };
    };
    expect(await scores('text-zh', gather)).toEqual([1, 1, -1, -1]);
    expect(new Set(asked)).toEqual(new Set(['text-zh']));
  });
});
