import { Engine, pipelineSchema } from '@attune/engine';
import { PortError, type ArtifactStore } from '@attune/sdk';
import { configSchema } from '../config/config.schema.js';
import { hostPorts } from '../platform/host-ports.js';
import { builtIns } from '../testing/built-ins.js';
import { engineOn, slateOf } from '../testing/open-engine.js';
import { pipelineText } from '../testing/pipelines.js';
import { item, openScratchStores, purchase, type ScratchStores } from '../testing/scratch-stores.js';
import { ModelSpaces } from '../spaces/model-spaces.js';
import { SpaceVersions } from '../spaces/space-versions.js';
import { trainModels } from '../training/train-models.js';
import { PinnedEngines } from './pinned-engines.js';

const registry = builtIns();
let scratch: ScratchStores;
let main: Engine;
let built: Engine[];
let engines: PinnedEngines;
let digests: readonly string[];
let trainings = 0;

const cart = () => {
  const text = pipelineText('cart', {
    retrieve: [{ use: 'item-knn' }],
    filter: ['where', 'availability', 'seen', 'seeds'].map((use) => ({ use })),
    score: [{ use: 'item-knn' }],
    rank: { use: 'weighted', config: { 'item-knn': 1 } },
  });
  return { spec: pipelineSchema.parse(JSON.parse(text)), locate: () => ({ file: 'cart.yaml', line: 1 }) };
};

async function train(baskets: readonly (readonly string[])[]): Promise<string> {
  const day = trainings++;
  await scratch.stores.events.append(
    Array.from({ length: 20 }, (_, i) => purchase(`${day}-${i}`, `u-${day}-${i}`, baskets[i % baskets.length]!)),
  );
  await trainModels(
    {
      config: configSchema.parse({ train: [{ use: 'item-knn', config: { shrinkage: 0 } }] }),
      registry,
      stores: scratch.stores,
      engine: main,
      versions: new SpaceVersions([], scratch.stores.artifacts),
      models: new ModelSpaces([], scratch.stores.artifacts),
    },
    { jobId: 'job', use: undefined, signal: new AbortController().signal, progress: () => undefined },
  );
  return (await scratch.stores.artifacts.promoted('item-knn'))!;
}

beforeAll(async () => {
  scratch = await openScratchStores();
  main = engineOn(scratch.stores, registry);
  await scratch.stores.items.upsert(['mug', 'cup', 'lamp', 'bulb'].map((id) => item(id, id)));
  await main.load([cart()]);
  // First who has a mug has a cup; then twice as many have a lamp with it.
  const first = await train([['mug', 'cup']]);
  const second = await train([['mug', 'lamp']]);
  await train([['mug', 'lamp']]);
  digests = [first, second];
});
afterAll(async () => {
  await main.close();
  await scratch.close();
});
beforeEach(() => {
  built = [];
  engines = new PinnedEngines(main, scratch.stores.artifacts, (artifacts: ArtifactStore) => {
    const embed = { query: () => Promise.reject(new PortError('SPACE_UNKNOWN', 'no space')) };
    const { stores } = scratch;
    const ports = hostPorts({ ...stores, artifacts }, embed, () => undefined);
    const clock = { now: () => Date.now(), monotonic: () => performance.now() };
    const engine = new Engine({ tenant: 'default', registry, ports, stores, spaces: new Map(), clock });
    built.push(engine);
    return engine;
  });
});
afterEach(() => engines.close());

const firstWith = (pins?: Record<string, string>): Promise<string | undefined> =>
  engines.with(pins, async (engine) => (await slateOf(engine, 'cart', ['mug']))[0]);

describe('pinned engines', () => {
  it('serve with the models that are named, and the others with the promoted ones', async () => {
    expect(await firstWith()).toBe('lamp');
    expect(await firstWith({ 'item-knn': digests[0]! })).toBe('cup');
    const promoted = (await scratch.stores.artifacts.promoted('item-knn'))!;
    expect(await firstWith({ 'item-knn': promoted })).toBe('lamp');
    expect(built).toHaveLength(1);
    expect(promoted).not.toBe(digests[0]);
  });

  it('are built once, also for requests that come together', async () => {
    const pins = { 'item-knn': digests[0]! };
    expect(await Promise.all([firstWith(pins), firstWith(pins), firstWith(pins)])).toEqual(['cup', 'cup', 'cup']);
    expect(built).toHaveLength(1);
  });

  it('are built anew when the pipelines were exchanged', async () => {
    const pins = { 'item-knn': digests[0]! };
    await firstWith(pins);
    await main.load([cart()]);
    expect(await firstWith(pins)).toBe('cup');
    expect(built).toHaveLength(2);
    await expect(slateOf(built[0]!, 'cart', ['mug'])).rejects.toMatchObject({ code: 'SURFACE_NOT_FOUND' });
  });

  it('are four at most, and one that goes ends its calls first', async () => {
    const [digest] = digests as [string];
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    let begun: () => void = () => undefined;
    const running = new Promise<void>((resolve) => (begun = resolve));
    const long = engines.with({ 'item-knn': digest }, async (engine) => {
      begun();
      await held;
      return slateOf(engine, 'cart', ['mug']);
    });
    await running;
    const { artifacts } = scratch.stores;
    for (const name of ['a', 'b', 'c', 'd']) {
      const stored = await artifacts.put(name, { meta: { name }, arrays: {}, ids: {} });
      const other = await artifacts.put(name, { meta: { name, other: true }, arrays: {}, ids: {} });
      await artifacts.promote(name, other);
      await firstWith({ [name]: stored });
    }
    letGo();
    expect((await long)[0]).toBe('cup');
    while (built[0]!.surfaces.length > 0) await new Promise((resolve) => setImmediate(resolve));
    expect(built.slice(1).every(({ surfaces }) => surfaces.length === 1)).toBe(true);
  });

  it('refuse models that are not there, naming those that are', async () => {
    await expect(firstWith({ 'item-knn': 'abcdef01' })).rejects.toMatchObject({
      code: 'ARTIFACT_NOT_FOUND',
      detail: expect.stringContaining(digests[0]!),
      pointer: '/artifacts/item-knn',
    });
    await expect(firstWith({ nothing: 'abcdef01' })).rejects.toMatchObject({
      code: 'ARTIFACT_NOT_FOUND',
      detail: "there is no model 'nothing'",
    });
    expect(built).toHaveLength(0);
  });
});
