import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runToTheEnd } from './testing/gateway.process.js';
import { surfaceOf } from './testing/every-plugin.shop.js';
import { scratchFolder, writeShop } from './testing/scratch.js';
import { startGateway } from './testing/start-gateway.js';
import { TINY_ITEMS } from './testing/tiny-shop.js';

const BUNDLED = join(__dirname, '..', '..', '..', 'assets', 'models', 'all-MiniLM-L6-v2');
const IDS = ['lunch-red', 'lunch-blue', 'lamp', 'gloves'] as const;
type Table = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** The bundled model without its last step: vectors of any length. */
function rawModel(): string {
  const folder = scratchFolder();
  const spec = JSON.parse(readFileSync(join(BUNDLED, 'attune.model.json'), 'utf8')) as object;
  writeFileSync(join(folder, 'attune.model.json'), JSON.stringify({ ...spec, normalize: false, metric: 'dot' }));
  mkdirSync(join(folder, 'onnx'));
  for (const file of ['tokenizer.json', 'tokenizer_config.json', 'onnx/model_quantized.onnx'])
    symlinkSync(join(BUNDLED, file), join(folder, file));
  return folder;
}

const filesWith = (embedder: object): ReturnType<typeof writeShop> => {
  const near = (use: string): { use: string; hardMs: number } => ({ use, hardMs: 5_000 });
  const surface = surfaceOf('near', {
    retrieve: [near('content-knn')],
    score: [near('content-similarity')],
    weights: { 'content-similarity': 1 },
  });
  return writeShop({ surfaces: { near: surface }, config: { embedders: [{ id: 'text', ...embedder }], train: [] } });
};

/** How near items are to each other, by the retriever and by the scorer, which must say the same. */
async function nearness(embedder: object): Promise<Table> {
  const shop = await startGateway(filesWith(embedder));
  await shop.putItems(TINY_ITEMS);
  const table: Record<string, Record<string, number>> = {};
  for (const seed of IDS) {
    const slate = await shop.slate({ surface: 'near', itemIds: [seed], limit: 10, explain: true, trace: true });
    const row: Record<string, number> = (table[seed] = {});
    for (const { id, proposedBy, contributions } of slate.trace!.candidates) {
      const found = proposedBy.find(({ plugin }) => plugin === 'content-knn');
      if (found === undefined) continue;
      row[id] = contributions!['content-similarity']!;
      expect(found.score).toBeCloseTo(row[id], 3);
    }
    const order = proposedOrder(slate.trace!.candidates);
    expect(order).toEqual([...order].sort((a, b) => row[b]! - row[a]!));
  }
  await shop.stop();
  return table;
}

const proposedOrder = (
  candidates: readonly { id: string; proposedBy: readonly { plugin: string; position: number }[] }[],
): readonly string[] =>
  candidates
    .flatMap(({ id, proposedBy }) =>
      proposedBy.filter(({ plugin }) => plugin === 'content-knn').map(({ position }) => ({ id, position })),
    )
    .sort((a, b) => a.position - b.position)
    .map(({ id }) => id);

const pairs = IDS.flatMap((a) => IDS.filter((b) => a !== b).map((b) => [a, b] as const));

it('a space is compared by the metric that configuration names: retrieved, scored and ordered by it', async () => {
  const [cosine, unit, dot, euclidean] = [
    await nearness({ model: 'all-MiniLM-L6-v2' }),
    await nearness({ model: 'all-MiniLM-L6-v2', metric: 'euclidean' }),
    await nearness({ model: rawModel() }),
    await nearness({ model: rawModel(), metric: 'euclidean' }),
  ];
  for (const [a, b] of pairs) {
    const cos = cosine[a]![b]!;
    expect(cos).toBeGreaterThan(-1);
    expect(cos).toBeLessThan(1);
    // Between vectors of length 1 the distance follows from the angle.
    expect(unit[a]![b]).toBeCloseTo(-Math.sqrt(2 - 2 * cos), 3);
    // For vectors of any length: dot = cos × lengths, distance by the law of cosines. The ratio of products of three
    // pairs gives the squared length of one vector.
    const [c] = IDS.filter((id) => id !== a && id !== b);
    const ratio = (x: string, y: string): number => dot[x]![y]! / cosine[x]![y]!;
    const square = (x: string, y: string, z: string): number => (ratio(x, y) * ratio(x, z)) / ratio(y, z);
    const [ofA, ofB] = [square(a, b, c!), square(b, a, c!)];
    expect(euclidean[a]![b]).toBeCloseTo(-Math.sqrt(ofA + ofB - 2 * dot[a]![b]!), 1);
    expect(Math.abs(ofA - 1)).toBeGreaterThan(0.5);
  }
});

it('cosine is refused for vectors that need not have length 1', async () => {
  const { code, stderr } = await runToTheEnd(filesWith({ model: rawModel(), metric: 'cosine' }));
  expect(code).toBe(1);
  expect(stderr.trim().split('\n')).toEqual([
    expect.stringMatching(
      /attune\.config\.yaml:\d+: the vectors of embedder 'text' need not have length 1.*metric: dot/,
    ),
  ]);
});

it('a version that makes the same vectors as another is refused', async () => {
  const model = 'all-MiniLM-L6-v2';
  const { code, stderr } = await runToTheEnd(filesWith({ model, versions: [{ model: rawModel() }, { model }] }));
  expect(code).toBe(1);
  expect(stderr.trim().split('\n')).toEqual([
    expect.stringMatching(/attune\.config\.yaml:\d+: 'all-MiniLM-L6-v2' makes the same vectors as another version/),
  ]);
});
