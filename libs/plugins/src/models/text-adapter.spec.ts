import { NOTHING_RETRIEVED, type Artifact, type ArtifactDraft, type VectorBlock } from '@attune/sdk';
import {
  artifactOf,
  buildWorld,
  fakeCall,
  fakeHost,
  fakeRun,
  trainingDataOf,
  trainOn,
  withSpace,
  worldBatch,
  worldRequest,
  type World,
} from '@attune/testkit';
import { referenceRuntime } from '@attune/training';
import { textAdapterRetriever, textAdapterScorer, textAdapterTrainer } from '../built-in.js';
import { ADAPTED_SPACE, ADAPTER_ALIAS } from './text-adapter.model.js';

/** Who reads of one subject reads of its partner next, which has no word in common with it. */
const SUBJECTS = ['anvil', 'bread', 'canoe', 'drums', 'easel', 'flute'];
const partnerOf = (subject: number): number => (subject % 2 === 0 ? subject + 1 : subject - 1);
const BOOKS = 6;
const book = (subject: number, n: number): string => `${SUBJECTS[subject]}-${n}`;

function library(readers = 260, next = partnerOf): World {
  const ids = SUBJECTS.flatMap((_, s) => Array.from({ length: BOOKS }, (__, n) => book(s, n)));
  const fresh = SUBJECTS.map((_, s) => book(s, BOOKS));
  const title = (id: string): string => `${id.split('-')[0]!} `.repeat(3) + id.replace('-', '');
  const journeys = new Map(
    Array.from({ length: readers }, (_, u) => {
      const subject = u % SUBJECTS.length;
      const n = Math.floor(u / SUBJECTS.length);
      return [`u${u}`, [book(subject, n % BOOKS), book(next(subject), Math.floor(n / BOOKS) % BOOKS)]];
    }),
  );
  const items = [...ids, ...fresh].map((id) => ({ id, title: title(id) }));
  return buildWorld({ name: 'library', items, journeys, expectations: [] });
}

/** Who reads of a subject reads of it again: what the text says already. */
const twins = (): World => library(260, (subject) => subject);

const world = library();
const host = { graphs: referenceRuntime };
const config = { epochs: 40, dropout: 0.2, rate: 0.01 };
let draft: ArtifactDraft;
let model: Artifact;
let placed: World;
beforeAll(async () => {
  draft = await trainOn(world, { plugin: textAdapterTrainer, config }, host);
  model = artifactOf(ADAPTER_ALIAS, { ...draft, meta: { ...draft.meta, of: 'text' } });
  const trainer = await textAdapterTrainer.setup(textAdapterTrainer.config.parse({}), {} as never);
  const text = world.spaces.get('text')!;
  const block: VectorBlock = { ...text, data: trainer.place!(model, text) };
  placed = withSpace(world, ADAPTED_SPACE, block);
});
const hostOf = (shop: World) =>
  fakeHost(shop, new Map([[ADAPTER_ALIAS, { ...draft, meta: { ...draft.meta, of: 'text' } }]]));

describe('the trainer', () => {
  it('passes a gate that asks for no less than the text as it is tells', () => {
    const { metric, value, minimum } = draft.evaluation!;
    expect(metric).toMatch(/^NDCG@10 of 26 users held out, where the text as it is has 0\.\d+,$/);
    expect(value).toBeGreaterThan(minimum);
    const { ndcg, beside } = draft.meta['gate'] as { ndcg: number; beside: { ndcg: number } };
    expect(ndcg).toBeGreaterThan(beside.ndcg + 0.1);
  });

  it('refuses what tells less than that', async () => {
    const wild = { epochs: 40, dropout: 0.95, rate: 1 };
    const { evaluation } = await trainOn(twins(), { plugin: textAdapterTrainer, config: wild }, host);
    expect(evaluation!.metric).toContain('the text as it is');
    expect(evaluation!.value).toBeLessThan(evaluation!.minimum);
  });

  it('learns from items that have vectors, and says where none has', async () => {
    const data = trainingDataOf(world);
    const trainer = await textAdapterTrainer.setup(
      textAdapterTrainer.config.parse({ gate: 0, epochs: 1 }),
      {} as never,
    );
    const run = fakeRun({ graphs: referenceRuntime });
    const { itemVectors: _, ...bare } = data;
    const none = async (): Promise<ArtifactDraft> => trainer.fit(bare, run);
    await expect(none()).rejects.toThrow("no item of the log has a vector in space 'text' yet: wait for the embed job");
    const text = data.itemVectors!['text']!;
    const lacking = { ...text, data: text.data.slice().fill(NaN, 0, text.dims) };
    const { ids, arrays } = await trainer.fit({ ...data, itemVectors: { text: lacking } }, run);
    expect(ids['items']).toEqual(data.itemIds.slice(1));
    expect(arrays['itemWeights']!.every(Number.isFinite)).toBe(true);
  });
});

describe('served', () => {
  const from = (subject: number) => worldRequest(placed, { itemIds: [book(subject, 0)] });
  const subjectsOf = (ids: readonly string[]): readonly string[] => ids.map((id) => id.split('-')[0]!);

  it('proposes what people go on to, items that nobody touched among it', async () => {
    const options = textAdapterRetriever.config.parse({});
    const retriever = await textAdapterRetriever.setup(options, hostOf(placed));
    const [found, nothing] = await retriever.retrieve([from(2), worldRequest(placed, { userId: 'x' })], 7, fakeCall());
    expect(subjectsOf(found!.ids)).toEqual(Array(7).fill('drums'));
    expect(found!.ids).toContain(book(3, BOOKS));
    expect(nothing).toEqual(NOTHING_RETRIEVED);
  });

  it('scores the same, and lifts items that it did not learn from', async () => {
    const ids = [book(3, 0), book(3, BOOKS), book(5, 0)];
    const scores = async (newItemLift: number): Promise<number[]> => {
      const scorer = await textAdapterScorer.setup(textAdapterScorer.config.parse({ newItemLift }), hostOf(placed));
      const out = new Float32Array(3).fill(NaN);
      await scorer.score(worldBatch(placed, [{ request: from(2), ids }]), out, fakeCall());
      return [...out];
    };
    const plain = await scores(0);
    expect(plain[0]!).toBeGreaterThan(plain[2]! + 0.2);
    const lifted = await scores(0.25);
    expect(lifted.map((score, c) => score - plain[c]!)).toEqual([0, expect.closeTo(0.25, 5), 0]);
  });

  it('waits where the vectors that it was made of are no longer kept', async () => {
    const stale = { ...draft, meta: { ...draft.meta, of: 'text@gone' } };
    const without = fakeHost(placed, new Map([[ADAPTER_ALIAS, stale]]));
    for (const plugin of [textAdapterRetriever, textAdapterScorer]) {
      const opened = async () => plugin.setup(plugin.config.parse({}) as never, without);
      await expect(opened()).rejects.toMatchObject({ code: 'ARTIFACT_MISSING' });
    }
  });
});
