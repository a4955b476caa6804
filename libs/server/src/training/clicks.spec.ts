import { pipelineSchema, seededRandom } from '@attune/engine';
import type { SlateAnswer } from '@attune/sdk';
import { configSchema } from '../config/config.schema.js';
import { gatewayForAll } from '../http/testing/test-gateway.js';
import { TEST_NOW } from '../http/testing/test-platform.js';
import type { JobOutcome } from '../jobs/job.js';
import { ModelSpaces } from '../spaces/model-spaces.js';
import { builtIns } from '../testing/built-ins.js';
import { unhurried } from '../testing/pipelines.js';
import { trainModels } from './train-models.js';

const gateway = gatewayForAll();
const { call } = gateway;
const registry = builtIns();
const ITEMS = 8;
const random = seededRandom('shoppers');

/** Small things go on phones, large ones on desktops. */
const fits = (id: string, device: string): boolean => Number(id.slice(1)) < ITEMS / 2 === (device === 'phone');
const ask = async (body: object): Promise<SlateAnswer> =>
  (await call('POST', '/v1/recommendations', { surface: 'home', seen: 'include', ...body })).json<SlateAnswer>();

beforeAll(async () => {
  const items = Array.from({ length: ITEMS }, (_, i) => ({ id: `i${i}`, title: `Pot ${i}`, brand: `b${i % 4}` }));
  await call('POST', '/v1/items', { items });
  const sales = items.map(({ id }) => ({ id: `sale of ${id}`, type: 'purchase', userId: 'crowd', itemId: id }));
  await call('POST', '/v1/events', { events: sales });
  const spec = unhurried({
    surface: 'home',
    retrieve: [{ use: 'popular', limit: 100 }],
    filter: ['where', 'availability', 'seen'].map((use) => ({ use })),
    score: [{ use: 'popularity' }, { use: 'bayesian-fm' }],
    rank: { use: 'weighted', config: { popularity: 0.01, 'bayesian-fm': { weight: 1, scale: 'none' } } },
  });
  const locate = () => ({ file: 'home.yaml', line: 1 });
  await gateway.tenant.engine.load([{ spec: pipelineSchema.parse(spec), locate }]);
  for (let slate = 0; slate < 160; slate++) await shop(slate);
  await call('PUT', '/v1/users/refusing', { consent: { profiling: false } });
});

/** Somebody is shown a slate, and clicks on what fits the device. */
async function shop(slate: number): Promise<void> {
  const now = TEST_NOW + slate * 1_000;
  gateway.platform.clock.set(now);
  const device = random() < 0.5 ? 'phone' : 'desktop';
  const exclude = [0, 1].map(() => `i${Math.floor(random() * ITEMS)}`);
  const userId = slate % 10 === 0 ? 'refusing' : `u${slate % 7}`;
  const { slateId, items } = await ask({ userId, exclude, limit: 6, context: { device } });
  const clicked = items.filter(({ id }) => fits(id, device) && random() < 0.7).map(({ id }) => id);
  if (clicked.length === 0) return;
  const click = { id: `click on ${slate}`, type: 'click', userId, slateId, itemIds: clicked };
  await call('POST', '/v1/events', { events: [click] });
}

function train(trainers: readonly object[]): Promise<JobOutcome> {
  const config = configSchema.parse({ train: trainers });
  const { stores, engine, spaces: versions } = gateway.tenant;
  return trainModels(
    { config, registry, stores, engine, versions, models: new ModelSpaces([], stores.artifacts) },
    { jobId: 'j', use: undefined, signal: new AbortController().signal, progress: () => undefined },
  );
}

const FIELDS = { context: ['device'], moment: ['surface'] };
const BAYESIAN = { use: 'bayesian-fm', config: { fields: FIELDS, burnIn: 40, samples: 10, every: 2 } };

it('learns from what slates showed, on which device, and foretells clicks there', async () => {
  const before = await ask({ userId: 'u1', context: { device: 'phone' } });
  expect(before.degraded).toContainEqual(expect.objectContaining({ plugin: 'bayesian-fm' }));
  const deepFm = { use: 'deepfm', config: { fields: FIELDS, hidden: [4], epochs: 2 } };
  expect(await train([BAYESIAN, deepFm])).toEqual({ ok: 2, failed: 0, errors: [] });

  const { artifacts } = gateway.tenant.stores;
  const model = await artifacts.open('bayesian-fm', (await artifacts.promoted('bayesian-fm'))!);
  // A tenth of the 160 were shown to somebody who does not consent; the one above is one more.
  expect(model.meta).toMatchObject({ slates: 145, goal: 'click' });
  expect(model.contents.ids).toEqual(['history', 'context.device', 'surface', 'item', 'brand', 'position']);
  for (const device of ['phone', 'desktop']) {
    const { items, degraded } = await ask({ userId: 'stranger', context: { device }, explain: true });
    expect(degraded).toEqual([]);
    expect(items.slice(0, 4).map(({ id }) => fits(id, device))).toEqual([true, true, true, true]);
    const told = items.map(({ contributions }) => contributions!['bayesian-fm']!);
    expect(Math.min(...told) > 0 && Math.max(...told) < 1).toBe(true);
    expect(told[0]! / told.at(-1)!).toBeGreaterThan(4);
  }
});

it('says what is missing, in one line', async () => {
  const odd = { ...BAYESIAN, config: { fields: { context: ['devce'] } } };
  expect(await train([odd])).toEqual({
    ok: 0,
    failed: 1,
    errors: [expect.stringMatching(/^bayesian-fm: no value of 'context\.devce' [^\n]+ fields\.context$/)],
  });
  expect(await train([{ use: 'bayesian-fm', config: { goal: 'cart' } }])).toMatchObject({
    errors: [expect.stringMatching(/^bayesian-fm: 0 of \d+ items that slates showed led to a cart: send events/)],
  });
});
