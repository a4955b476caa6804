import type { Predicate } from '@attune/sdk';
import { calmCall, itemOf, putVectors, seeded, START } from '@attune/testkit';
import { KnnIndex } from '@attune/numeric';
import { ScratchIndices } from '../../fixtures/scratch-indices.js';
import { describeWith } from '../../fixtures/services.js';
import { IndexConflictError } from '../ensure-index.js';
import { ElasticsearchSearchIndex } from './search-index.adapter.js';
import type { VectorSearch } from './vector.field.js';

const DIMS = 64;
const ITEMS = 1_500;
const K = 10;
const KINDS: readonly VectorSearch[] = ['hnsw', 'int8_hnsw', 'bbq_hnsw'];

describeWith(['elasticsearch'], 'approximate neighbors', () => {
  const scratch = new ScratchIndices();
  afterAll(async () => await scratch.clear());

  const open = (
    tenant: string,
    vectors?: VectorSearch,
    dims = DIMS,
    graphFrom?: number,
  ): Promise<ElasticsearchSearchIndex> =>
    ElasticsearchSearchIndex.open({
      connection: scratch.connection,
      tenant,
      spaces: [{ id: 'text', dims, metric: 'cosine', digest: 'model-1' }],
      clock: () => START,
      vectors,
      graphFrom,
    });

  const random = seeded(3);
  const centers = Float32Array.from({ length: 20 * DIMS }, () => random() - 0.5);
  const vectorNear = (center: number): Float32Array =>
    centers.slice(center * DIMS, (center + 1) * DIMS).map((x) => x + 0.6 * (random() - 0.5));
  const vectors = Array.from({ length: ITEMS }, (_, i) => vectorNear(i % 20));
  const queries = Array.from({ length: 25 }, (_, i) => vectorNear(i % 20));
  const exact = new KnnIndex(DIMS);
  for (const [row, vector] of vectors.entries()) exact.upsert(row, vector);
  const kept = (n: number): boolean => n % 7 < 3;

  it.each(KINDS)('are nearly all of those there are, with exact scores, filtered or not: %s', async (kind) => {
    const index = await open(scratch.tenant(), kind);
    const items = vectors.map((_, i) => itemOf(`i${i}`, { available: kept(i) }));
    await index.upsert(items);
    const flat = new Float32Array(ITEMS * DIMS);
    for (const [row, vector] of vectors.entries()) flat.set(vector, row * DIMS);
    await putVectors(
      index,
      'text',
      items.map(({ id }) => id),
      flat,
    );
    await index.refresh();
    const masks: [Predicate | undefined, Uint8Array][] = [
      [undefined, new Uint8Array(ITEMS).fill(1)],
      [{ available: true }, Uint8Array.from(vectors, (_, i) => Number(kept(i)))],
    ];
    for (const [where, keep] of masks) {
      let found = 0;
      for (const vector of queries) {
        const { ids, scores } = await index.knn({ space: 'text', vector, k: K, where }, calmCall());
        const all = exact.search(vector, ITEMS, { keep });
        const scoreOf = new Map([...all.rows].map((row, at) => [`i${row}`, all.scores[at]!]));
        for (const [at, id] of ids.entries()) expect(scores[at]).toBeCloseTo(scoreOf.get(id) ?? NaN, 5);
        found += ids.filter((id) => [...all.rows.slice(0, K)].includes(Number(id.slice(1)))).length;
      }
      expect(found / (K * queries.length)).toBeGreaterThan(0.95);
    }
  });

  it('are all compared until there are many items, then found by a graph, also of what was written before', async () => {
    const tenant = scratch.tenant();
    const kindOf = async (): Promise<unknown> => {
      const index = `${scratch.prefix}-${tenant}-items`;
      const [mapped] = Object.values(await scratch.connection.read((client) => client.indices.getMapping({ index })));
      const field = Object.values(mapped?.mappings.properties ?? {}).find(({ type }) => type === 'dense_vector');
      return field && 'index_options' in field ? field.index_options : undefined;
    };
    const search = async (index: ElasticsearchSearchIndex): Promise<number> => {
      const found = await Promise.all(
        queries.map((vector) => index.knn({ space: 'text', vector, k: K }, calmCall()).then(({ ids }) => ids)),
      );
      const isNear = (ids: readonly string[], q: number): number => {
        const rows = new Set([...exact.search(queries[q]!, K).rows].map((row) => `i${row}`));
        return ids.filter((id) => rows.has(id)).length;
      };
      return found.reduce((sum, ids, q) => sum + isNear(ids, q), 0) / (K * queries.length);
    };
    const index = await open(tenant, undefined, DIMS, 1_000);
    const fill = async (from: number, to: number): Promise<void> => {
      const items = vectors.slice(from, to).map((_, i) => itemOf(`i${from + i}`));
      await index.upsert(items);
      await index.refresh();
      const flat = Float32Array.from(vectors.slice(from, to).flatMap((vector) => [...vector]));
      await index.setVectors('text', items, flat);
      await index.refresh();
    };
    await fill(0, 900);
    expect(await kindOf()).toMatchObject({ type: 'flat' });
    await fill(900, ITEMS);
    expect(await kindOf()).toMatchObject({ type: 'int8_hnsw' });
    expect(await search(index)).toBeGreaterThan(0.98);
    // Another process of the same settings finds it grown.
    expect(await search(await open(tenant))).toBeGreaterThan(0.98);
  });

  it('are set up once: another kind, or more dims than the server takes, is refused with what to do', async () => {
    const tenant = scratch.tenant();
    await open(tenant, 'hnsw');
    await expect(open(tenant, 'exact')).rejects.toThrow(IndexConflictError);
    await open(tenant, 'hnsw');
    await expect(open(tenant, 'hnsw', 5_000)).rejects.toThrow(/use a smaller model/);
  });
});
