import {
  defineRanker,
  defineReranker,
  defineScorer,
  type Plugin,
  type SlateAnswer,
  type VectorBlock,
} from '@attune/sdk';
import { z } from 'zod';
import { Engine } from './engine.js';
import type { Footing } from './pipeline/build.js';
import { ask, benchOf, sourceOf } from './fixtures/bench-engine.js';
import { homeOf, PLAIN, thirds } from './fixtures/plain-plugins.js';
import { PipelineError } from './pipeline/finding.js';

/** A scorer that tells of its life, and can be held up in the middle of a call. */
function storyteller() {
  const story: string[] = [];
  const held: (() => void)[] = [];
  let hold = false;
  const plugin = defineScorer({
    id: 'storyteller',
    version: '1.0.0',
    budget: { hardMs: 100 },
    config: z.strictObject({ value: z.number().default(1), fails: z.boolean().default(false) }),
    setup({ value, fails }) {
      story.push(`set up ${value}`);
      return {
        warmup() {
          if (fails) throw new Error('cold');
        },
        async score(_, out) {
          if (hold) await new Promise<void>((go) => held.push(go));
          out.fill(value);
        },
        dispose: () => void story.push(`disposed ${value}`),
      };
    },
  });
  return {
    plugin,
    story,
    hold: (on: boolean) => (hold = on),
    held,
    home: (value: number, more: object = {}) =>
      sourceOf(homeOf({ score: [{ use: 'storyteller', config: { value, ...more } }] })),
  };
}
const partOf = (slate: SlateAnswer): number => slate.items[0]!.contributions!['storyteller']! * 3;

describe('Engine.load', () => {
  it('swaps instances, and lets go of the old one when its last call has returned', async () => {
    const { plugin, story, hold, held, home } = storyteller();
    const bench = benchOf([...PLAIN, plugin]);
    await bench.engine.load([home(1)]);
    hold(true);
    const slow = bench.serve();
    while (held.length === 0) await new Promise(setImmediate);
    hold(false);
    await bench.engine.load([home(2)]);
    expect(partOf(await bench.serve())).toBe(2);
    expect(story).toEqual(['set up 1', 'set up 2']);
    held[0]!();
    expect(partOf(await slow)).toBe(1);
    expect(story).toEqual(['set up 1', 'set up 2', 'disposed 1']);
    await bench.engine.close();
    await bench.engine.close();
    expect(story).toEqual(['set up 1', 'set up 2', 'disposed 1', 'disposed 2']);
  });

  it('keeps an instance where nothing it follows from has changed', async () => {
    const { plugin, story, home } = storyteller();
    const bench = benchOf([...PLAIN, plugin]);
    await bench.engine.load([home(1)]);
    await bench.engine.load([home(1), sourceOf(homeOf({ surface: 'cart' }))]);
    expect(bench.engine.surfaces).toEqual(['cart', 'home']);
    expect(story).toEqual(['set up 1']);
  });

  it.each([
    ['is refused by the proof', { score: [{ use: 'nobody' }] }],
    ['cannot be warmed up', { score: [{ use: 'storyteller', config: { value: 9, fails: true } }] }],
  ])('goes on serving the old pipelines where a new one %s', async (_, changes) => {
    const { plugin, story, home } = storyteller();
    const bench = benchOf([...PLAIN, plugin]);
    await bench.engine.load([home(1)]);
    await expect(bench.engine.load([sourceOf(homeOf(changes))])).rejects.toThrow(PipelineError);
    expect(partOf(await bench.serve())).toBe(1);
    expect(story.filter((line) => line.endsWith(' 1'))).toEqual(['set up 1']);
    // Whatever was set up for nothing is let go.
    expect(story.filter((line) => line === 'set up 9').length).toBe(
      story.filter((line) => line === 'disposed 9').length,
    );
  });

  it('takes loads in turn: the last one is served, and every other instance is let go once', async () => {
    const { plugin, story, home } = storyteller();
    const bench = benchOf([...PLAIN, plugin]);
    await Promise.all([1, 2, 3].map((value) => bench.engine.load([home(value)])));
    expect(partOf(await bench.serve())).toBe(3);
    expect(story).toEqual(['set up 1', 'set up 2', 'disposed 1', 'set up 3', 'disposed 2']);
  });

  it('does not mind a plugin that throws on its way out', async () => {
    const { plugin, home } = storyteller();
    const rude = defineScorer({
      id: 'rude',
      version: '1.0.0',
      setup: () => ({
        score: () => undefined,
        dispose() {
          throw new Error('no goodbye');
        },
      }),
    });
    const bench = benchOf([...PLAIN, plugin, rude]);
    await bench.engine.load([sourceOf(homeOf({ score: [{ use: 'rude' }] }))]);
    await bench.engine.load([home(1)]);
    expect(partOf(await bench.serve())).toBe(1);
  });
});

describe('Engine.reload', () => {
  const set: string[] = [];
  const model = (name: string): Plugin =>
    defineScorer({
      id: `model-${name}`,
      version: '1.0.0',
      uses: ['artifacts'],
      async setup(_, { artifacts }) {
        set.push(name);
        const weights = (await artifacts.open(name)).floats('weights');
        return { score: (__, out) => void out.fill(weights[0]!) };
      },
    });
  const choosy = defineRanker({
    id: 'choosy',
    version: '1.0.0',
    uses: ['artifacts'],
    async setup(_, { artifacts }) {
      await artifacts.open('a');
      return { reads: ['nobody-writes-this'], rank: ({ candidates }, columns) => thirds(candidates.size, columns) };
    },
  });
  const home = sourceOf(homeOf({ score: [{ use: 'model-a' }, { use: 'model-b' }] }));
  const weights = (value: number) => ({ digest: `d${value}`, ids: ['i0'], weights: Float32Array.of(value) });
  beforeEach(() => set.splice(0));

  it('sets up again only what opened the artifact, and the digest follows', async () => {
    const bench = benchOf([...PLAIN, model('a'), model('b')]);
    bench.world.artifacts.set('a', weights(3)).set('b', weights(6));
    await bench.engine.load([home]);
    const before = await bench.serve();
    bench.world.artifacts.set('a', weights(9));
    await bench.engine.reload(['a']);
    const after = await bench.serve();
    expect(set).toEqual(['a', 'b', 'a']);
    expect([before, after].map(({ items }) => items[0]!.contributions)).toMatchObject([
      { 'model-a': 1, 'model-b': 2 },
      { 'model-a': 3, 'model-b': 2 },
    ]);
    expect(after.pipeline.digest).not.toBe(before.pipeline.digest);
    await bench.engine.reload(['somebody-elses']);
    expect(set).toHaveLength(3);
    expect((await bench.serve()).pipeline).toEqual(after.pipeline);
  });

  it('the digest says by which metric vectors are compared', async () => {
    const digest = async (metric: 'cosine' | 'dot'): Promise<string> => {
      const { context } = benchOf(PLAIN);
      const engine = new Engine({ ...context, spaces: new Map([['text', { id: 'text', dims: 2, metric }]]) });
      await engine.load([sourceOf(homeOf({}))]);
      return (await engine.serve('home', [ask()]))[0]!.slate.pipeline.digest;
    };
    expect(await digest('dot')).not.toBe(await digest('cosine'));
    expect(await digest('dot')).toBe(await digest('dot'));
  });

  it('stands on what its spaces mean now, and sets up again what reaches vectors, nothing else', async () => {
    const near = defineScorer({
      id: 'near',
      version: '1.0.0',
      uses: ['itemVectors'],
      itemVectors: ['text'],
      async setup(_, { itemVectors }) {
        set.push('near');
        const { data } = await itemVectors.gather('text', ['i0']);
        return { score: (__, out) => void out.fill(data[0]!) };
      },
    });
    const { world, context } = benchOf([...PLAIN, near, model('a')]);
    world.artifacts.set('a', weights(3));
    const spaces = new Map([['text', { id: 'text', dims: 2, metric: 'cosine' }]] as const);
    let version = 1;
    const gather = (): Promise<VectorBlock> =>
      Promise.resolve({ rows: 1, dims: 2, metric: 'cosine', data: Float32Array.of(version, 0) });
    const footing = (): Promise<Footing> =>
      Promise.resolve({
        ports: { ...context.ports, itemVectors: { gather } },
        stores: context.stores,
        spaces,
        spaceArtifacts: new Map([['space:text', `v${version}`]]),
      });
    const engine = new Engine({ ...context, footing });
    await engine.load([sourceOf(homeOf({ score: [{ use: 'near' }, { use: 'model-a' }] }))]);
    const slate = async () => (await engine.serve('home', [ask()]))[0]!.slate;
    const before = await slate();
    expect(engine.models).toEqual(
      new Map([
        ['space:text', 'v1'],
        ['a', 'd3'],
      ]),
    );
    version = 2;
    expect((await slate()).items[0]!.contributions).toMatchObject({ near: before.items[0]!.contributions!['near'] });
    await engine.reload(['space:text']);
    const after = await slate();
    expect(set).toEqual(['near', 'a', 'near']);
    expect(after.items[0]!.contributions!['near']).toBeCloseTo(2 * before.items[0]!.contributions!['near']!);
    expect(after.pipeline.digest).not.toBe(before.pipeline.digest);
    expect(engine.models.get('space:text')).toBe('v2');
    await engine.close();
  });

  it('an instance whose artifact is missing abstains visibly, and comes alive after the first training', async () => {
    const bench = benchOf([...PLAIN, model('a'), model('b')]);
    bench.world.artifacts.set('b', weights(6));
    await bench.engine.load([home]);
    const waiting = await bench.serve();
    expect(waiting.degraded).toEqual([{ plugin: 'model-a', code: 'ARTIFACT_MISSING', detail: "no artifact 'a' yet" }]);
    expect(waiting.trace!.candidates[0]!.abstained).toEqual(['model-a']);
    bench.world.artifacts.set('a', weights(3));
    await bench.engine.reload(['a']);
    expect((await bench.serve()).degraded).toEqual([]);
  });

  it('what a waiting ranker reads is proved when it comes alive; until then it keeps waiting', async () => {
    const bench = benchOf([...PLAIN, choosy]);
    await bench.engine.load([sourceOf(homeOf({ rank: { use: 'choosy' } }))]);
    expect((await bench.serve()).degraded).toMatchObject([{ plugin: 'choosy', code: 'ARTIFACT_MISSING' }]);
    bench.world.artifacts.set('a', weights(3));
    await expect(bench.engine.reload(['a'])).rejects.toThrow(/weighs 'nobody-writes-this', which no step writes/);
    expect((await bench.serve()).items).toHaveLength(10);
  });
});

describe('Engine.serve', () => {
  it('names the surfaces there are where one is unknown', async () => {
    const bench = benchOf(PLAIN);
    await expect(bench.engine.serve('home', [])).rejects.toThrow("no surface 'home'; there are none yet");
    await bench.engine.load([sourceOf(homeOf())]);
    await expect(bench.engine.serve('hom', [ask()])).rejects.toMatchObject({ code: 'SURFACE_NOT_FOUND' });
    expect(await bench.engine.serve('home', [])).toEqual([]);
  });

  it('re-rankers see four times the limit, or more where one wants more', async () => {
    const sizes: number[] = [];
    const wanting = (id: string, depth?: number): Plugin =>
      defineReranker({
        id,
        version: '1.0.0',
        setup: () => ({
          ...(depth !== undefined && { depth }),
          rerank({ candidates: { size } }) {
            sizes.push(size);
            return Uint32Array.from({ length: size }, (_, i) => i);
          },
        }),
      });
    const bench = benchOf([...PLAIN, wanting('modest'), wanting('greedy', 25), wanting('muddled', NaN)]);
    for (const use of ['modest', 'greedy', 'muddled']) {
      await bench.engine.load([sourceOf(homeOf({ rerank: [{ use }] }))]);
      expect((await bench.serve({ limit: 3 })).items).toHaveLength(3);
    }
    expect(sizes).toEqual([12, 25, 12]);
  });
});
