import { performance } from 'node:perf_hooks';
import { Engine, pipelineSchema, seededRandom, type Footing } from '@attune/engine';
import { PortError, type ArtifactStore, type StoredEvent } from '@attune/sdk';
import { configSchema, type Config } from '../config/config.schema.js';
import { asked } from '../evaluate/asked.js';
import { hostPorts } from '../platform/host-ports.js';
import { ModelSpaces } from '../spaces/model-spaces.js';
import { SpaceVersions } from '../spaces/space-versions.js';
import { builtIns } from '../testing/built-ins.js';
import { pipelineText } from '../testing/pipelines.js';
import { item, openScratchStores, type ScratchStores } from '../testing/scratch-stores.js';
import { trainModels } from './train-models.js';

const NOW = Date.parse('2026-11-21T09:30:00Z');
const DAY_MS = 86_400_000;
const SHOPPERS = 60;
const STAPLES = 10;

const registry = builtIns();
const configOf = (options: object): Config =>
  configSchema.parse({
    train: [
      { use: 'item-knn', config: { gate: 0 } },
      { use: 'lambdamart', surface: 'home', config: { trees: 20, minLeafRows: 10, ...options } },
    ],
  });

let scratch: ScratchStores;
let engine: Engine;
beforeEach(async () => {
  scratch = await openScratchStores();
  const ids = Array.from({ length: 40 }, (_, i) => `i${i}`);
  await scratch.stores.items.upsert(ids.map((id) => item(id, id)));
  // Everybody buys their staple every week; with it, first what most people buy, and then anything.
  const random = seededRandom('anything');
  const events = Array.from({ length: SHOPPERS }, (_, user) =>
    Array.from({ length: 6 }, (__, week) => ({
      id: `e${user}-${week}`,
      type: 'purchase',
      userId: `u${user}`,
      itemIds: [`i${user % STAPLES}`, `i${week === 0 ? 39 : STAPLES + Math.floor(random() * 29)}`],
      at: new Date(NOW - (70 - week * 7 - user / 100) * DAY_MS).toISOString(),
    })),
  ).flat() as StoredEvent[];
  await scratch.stores.events.append(events);
});
afterEach(async () => {
  await engine.close();
  await scratch.close();
});

/** Trains all models on a pipeline with a learned ranker; what became of it. */
async function train(until: object, options: object = {}): ReturnType<typeof trainModels> {
  const config = configOf(options);
  const { stores } = scratch;
  const embed = { query: () => Promise.reject(new PortError('SPACE_UNKNOWN', 'no space')) };
  const footingOn = (artifacts: ArtifactStore): Promise<Footing> =>
    Promise.resolve({ ports: hostPorts({ ...stores, artifacts }, embed, () => undefined), stores, spaces: new Map() });
  const clock = { now: () => NOW, monotonic: () => performance.now() };
  const context = { ...(await footingOn(stores.artifacts)), tenant: 'default', registry, clock };
  engine = new Engine(context);
  const text = pipelineText('home', {
    retrieve: [{ use: 'popular', limit: 40 }, { use: 'buy-again' }],
    score: ['popularity', 'item-knn', 'repeat-purchase'].map((use) => ({ use })),
    rank: { use: 'lambdamart', config: { until } },
  });
  await engine.load([{ spec: pipelineSchema.parse(JSON.parse(text)), locate: () => ({ file: 'home.yaml', line: 1 }) }]);
  const understand = (typed: string): Promise<{ text: string }> => Promise.resolve({ text: typed });
  const versions = new SpaceVersions([], stores.artifacts);
  const past = { ...context, stores, config, engine, versions, footingOn, understand };
  const run = { jobId: 'j', use: undefined, signal: new AbortController().signal, progress };
  return trainModels(
    {
      config,
      registry,
      stores,
      engine,
      versions,
      models: new ModelSpaces([], stores.artifacts),
      past,
    },
    run,
  );
}
const steps: number[] = [];
const progress = (done: number): void => void steps.push(done);

const firstFor = async (userId: string): Promise<string> => {
  const [served] = await engine.serve('home', [asked({ id: 'r', now: NOW, limit: 1, userId, seen: 'include' })]);
  return served!.slate.items[0]!.id;
};

it('learns from what the pipeline proposed before past baskets, and takes over from the weights', async () => {
  steps.splice(0);
  expect(await train({ popularity: 1 })).toEqual({ ok: 2, failed: 0, errors: [] });
  expect(steps).toEqual([...steps].sort((a, b) => a - b));
  expect(steps.at(-1)).toBe(200);
  const { artifacts } = scratch.stores;
  const model = await artifacts.open('lambdamart', (await artifacts.promoted('lambdamart'))!);
  const columns = model.ids('columns');
  expect(Array.from({ length: columns.size }, (_, row) => columns.id(row))).toEqual([
    'popular',
    'buy-again',
    'popularity',
    'item-knn',
    'repeat-purchase',
  ]);
  for (const user of [3, 17, 42]) expect(await firstFor(`u${user}`)).toBe(`i${user % STAPLES}`);
});

it('stores nothing of the models that it asks', async () => {
  await train({ popularity: 1 });
  const { artifacts } = scratch.stores;
  expect([await artifacts.list('item-knn'), await artifacts.list('lambdamart')].map(({ length }) => length)).toEqual([
    1, 1,
  ]);
});

it('leaves the weights in charge where the order does not pass its gate, and says so', async () => {
  const outcome = await train({ 'repeat-purchase': { weight: 1, scale: 'none' } }, { gate: 100 });
  expect(outcome).toEqual({
    ok: 1,
    failed: 1,
    errors: [
      expect.stringMatching(
        /^lambdamart: artifact lambdamart is refused: NDCG@10 on \d+ requests held out, where the weighted columns have 0\.\d+,/,
      ),
    ],
  });
  expect(await scratch.stores.artifacts.promoted('lambdamart')).toBeUndefined();
  expect(await firstFor('u13')).toBe('i3');
});
