import { pipelineSchema, type Engine } from '@attune/engine';
import type { Item } from '@attune/sdk';
import { ModelSpaces, modelSlots } from '../spaces/model-spaces.js';
import { SpaceVersions } from '../spaces/space-versions.js';
import { configSchema, type Config } from '../config/config.schema.js';
import { builtIns } from '../testing/built-ins.js';
import { engineOn, slateOf } from '../testing/open-engine.js';
import { pipelineText } from '../testing/pipelines.js';
import { item, openScratchStores, purchase, type ScratchStores } from '../testing/scratch-stores.js';
import { trainModels, type TrainRun } from './train-models.js';

const registry = builtIns();
const INDEXED = { use: 'ials', config: { dims: 2, iterations: 2 }, index: true };
let scratch: ScratchStores;
let engine: Engine;
beforeEach(async () => {
  scratch = await openScratchStores(modelSlots(configSchema.parse({ train: [INDEXED] }).train, registry));
  engine = engineOn(scratch.stores, registry);
  const items: Item[] = ['mug', 'cup', 'lamp', 'bulb'].map((id) => item(id, id));
  await scratch.stores.items.upsert(items);
  // Who has a mug has a cup, who has a lamp has a bulb.
  const baskets = Array.from({ length: 20 }, (_, i) =>
    purchase(`e-${i}`, `u-${i}`, i % 2 === 0 ? ['mug', 'cup'] : ['lamp', 'bulb']),
  );
  await scratch.stores.events.append(baskets);
  const text = pipelineText('cart', {
    retrieve: [{ use: 'item-knn' }],
    filter: ['where', 'availability', 'seen', 'seeds'].map((use) => ({ use })),
    score: [{ use: 'item-knn' }],
    rank: { use: 'weighted', config: { 'item-knn': 1 } },
  });
  await engine.load([{ spec: pipelineSchema.parse(JSON.parse(text)), locate: () => ({ file: 'cart.yaml', line: 1 }) }]);
});
afterEach(async () => {
  await engine.close();
  await scratch.close();
});

const modelsIn = (config: Config): ModelSpaces =>
  new ModelSpaces(modelSlots(config.train, registry), scratch.stores.artifacts);
const versions = (): SpaceVersions => new SpaceVersions([], scratch.stores.artifacts);
const train = (trainers: readonly object[], run: Partial<TrainRun> = {}): ReturnType<typeof trainModels> => {
  const config = configSchema.parse({ train: trainers });
  const signal = new AbortController().signal;
  return trainModels(
    { config, registry, stores: scratch.stores, engine, versions: versions(), models: modelsIn(config) },
    { jobId: 'job-1', use: undefined, signal, progress: () => undefined, ...run },
  );
};
const KNN = { use: 'item-knn', config: { shrinkage: 0 } };
/** There are no ratings: nothing to learn from. */
const HOPELESS = { use: 'item-knn', config: { types: ['rating'] } };
const promoted = (): Promise<string | undefined> => scratch.stores.artifacts.promoted('item-knn');

describe('trainModels', () => {
  it('fits, promotes and swaps each model into the pipelines, with progress to the end', async () => {
    const steps: number[] = [];
    const progress = (done: number, total: number): void => void steps.push(total === 200 ? done : NaN);
    expect(await train([KNN, { use: 'ease' }], { progress })).toEqual({ ok: 2, failed: 0, errors: [] });
    expect((await slateOf(engine, 'cart', ['mug']))[0]).toBe('cup');
    expect((await slateOf(engine, 'cart', ['bulb']))[0]).toBe('lamp');
    expect(await scratch.stores.artifacts.promoted('ease')).toBeDefined();
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    expect([steps.includes(100), steps.at(-1)]).toEqual([true, 200]);
  });

  it('does not learn from who does not consent to profiling', async () => {
    const { users } = scratch.stores;
    const refusing = Array.from({ length: 20 }, (_, i) => ({ id: `u-${i}`, consent: { profiling: i % 2 === 0 } }));
    await users.upsert(refusing.map((user) => ({ ...user, attributes: {} })));
    await train([KNN]);
    const items = (await scratch.stores.artifacts.open('item-knn', (await promoted())!)).ids('items');
    expect(['mug', 'cup', 'lamp', 'bulb'].map((id) => items.row(id) >= 0)).toEqual([true, true, false, false]);
  });

  it('leaves the previous model where a trainer fails, in one line, and goes on with the others', async () => {
    await train([KNN]);
    const before = await promoted();
    const outcome = await train([HOPELESS, { use: 'nobodys' }, { use: 'ease' }]);
    expect(outcome).toMatchObject({ ok: 1, failed: 2 });
    expect(outcome.errors).toEqual([
      expect.stringMatching(/^item-knn: [^\n]+$/),
      expect.stringMatching(/^nobodys: no trainer 'nobodys'; there are .*\bease\b.*$/),
    ]);
    expect(await promoted()).toBe(before);
    expect((await slateOf(engine, 'cart', ['mug']))[0]).toBe('cup');
    expect(await scratch.stores.artifacts.promoted('ease')).toBeDefined();
  });

  it('does not promote a model that tells less than popularity, and says so', async () => {
    // Everybody takes up two odd things that only a neighbor has, then three of the ten that sell.
    const journeys = Array.from({ length: 220 }, (_, u) => [
      [`odd-${u}`, `odd-${u + 1}`],
      ...[0, 1, 2].map((k) => [`hit-${(u + k * (1 + (u % 3))) % 10}`]),
    ]);
    const bought = journeys.flatMap((steps, u) => steps.map((ids, k) => purchase(`j-${u}-${k}`, `j-${u}`, ids)));
    await scratch.stores.events.append(bought);
    await train([{ use: 'rp3beta', config: { gate: 0 } }]);
    const before = await scratch.stores.artifacts.promoted('rp3beta');
    // Walks shy away from whatever anybody has.
    const outcome = await train([{ use: 'rp3beta', config: { beta: 5 } }]);
    expect(outcome).toEqual({
      ok: 0,
      failed: 1,
      errors: [
        expect.stringMatching(
          /^rp3beta: artifact rp3beta is refused: NDCG@10 of 24 users held out, where popularity has 0\.\d+, 0[.\d]* does not reach 0\.\d+; the previous one stays$/,
        ),
      ],
    });
    expect(await scratch.stores.artifacts.promoted('rp3beta')).toBe(before);
    expect(before).toBeDefined();
    expect(await scratch.stores.artifacts.list('rp3beta')).toHaveLength(1);
  });

  it('goes back to the model before where the pipelines cannot use the new one', async () => {
    await train([KNN]);
    const before = await promoted();
    await scratch.stores.events.append(
      Array.from({ length: 9 }, (_, i) => purchase(`n-${i}`, `n-${i}`, ['mug', 'bulb'])),
    );
    const refusing = { reload: () => Promise.reject(new Error('cart.yaml:1: no')) } as unknown as Engine;
    const config = configSchema.parse({ train: [KNN] });
    const run = { jobId: 'j', use: undefined, signal: new AbortController().signal, progress: () => undefined };
    const outcome = await trainModels(
      { config, registry, stores: scratch.stores, engine: refusing, versions: versions(), models: modelsIn(config) },
      run,
    );
    expect(outcome).toEqual({ ok: 0, failed: 1, errors: ['item-knn: cart.yaml:1: no'] });
    expect(await promoted()).toBe(before);
    expect(await scratch.stores.artifacts.list('item-knn')).toHaveLength(2);
  });

  it('puts item factors into the slot of the index that is not in use, and those of a model before it out', async () => {
    const { items, artifacts } = scratch.stores;
    await items.upsert([item('new', 'new')]);
    const aliased = async () => {
      const alias = await artifacts.open('space:ials', (await artifacts.promoted('space:ials'))!);
      return [alias.meta['digest'], alias.meta['model'], alias.contents.arrays] as const;
    };
    const steps: number[] = [];
    const outcome = await train([INDEXED], { progress: (done) => void steps.push(done) });
    expect(outcome).toEqual({ ok: 1, failed: 0, errors: [] });
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    expect(steps.at(-1)).toBe(100);
    const first = await artifacts.promoted('ials');
    expect(await aliased()).toEqual(['a-2', first, ['gram']]);
    const model = await artifacts.open('ials', first!);
    const known = model.ids('items');
    const ids = Array.from({ length: known.size }, (_, row) => known.id(row));
    expect((await items.gather('ials@a-2', ids)).data).toEqual(model.floats('factors'));
    expect((await items.gather('ials@a-2', ['new'])).data[0]).toBeNaN();
    await scratch.stores.events.append([purchase('n', 'n', ['mug', 'bulb'])]);
    await train([INDEXED]);
    expect((await aliased()).slice(0, 2)).toEqual(['b-2', await artifacts.promoted('ials')]);
    await items.setVectors('ials@a-2', [item('new', 'new')], Float32Array.of(1, 1));
    await train([{ ...INDEXED, config: { ...INDEXED.config, iterations: 3 } }]);
    expect((await aliased())[0]).toBe('a-2');
    expect([...(await items.gather('ials@a-2', ['new'])).data]).toEqual([0, 0]);
  });

  it('runs only what is asked for, and says what is not configured', async () => {
    const outcome = await train([KNN, { use: 'ease' }], { use: ['ease', 'bpr'] });
    expect(outcome).toEqual({ ok: 1, failed: 1, errors: ["no trainer 'bpr' is configured under train"] });
    expect(await promoted()).toBeUndefined();
  });

  it('ends when it is canceled', async () => {
    const cancel = new AbortController();
    const running = train([KNN, { use: 'ease' }], {
      signal: cancel.signal,
      progress: (done) => done >= 100 && cancel.abort(new Error('canceled')),
    });
    await expect(running).rejects.toThrow('canceled');
    expect(await scratch.stores.artifacts.promoted('ease')).toBeUndefined();
  });
});
