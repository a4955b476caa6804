import { jobRequestSchema, type JobRequestOf } from '../jobs/job.js';
import { loggedRequestSchema, toLogged } from '../slates/logged-request.schema.js';
import { diffScorer, type PipelineDiff } from './diff-scorer.js';
import { openRepeatShop, SHOP_NOW, SHOPPERS, type RepeatShop } from './testing/repeat-shop.js';

let shop: RepeatShop;
beforeEach(async () => {
  shop = await openRepeatShop();
});
afterEach(() => shop.close());

const request = (changes: object = {}): JobRequestOf<'diff'> =>
  jobRequestSchema.parse({
    type: 'diff',
    surface: 'home',
    step: { use: 'on-hit' },
    ...changes,
  }) as JobRequestOf<'diff'>;
const diff = async (changes?: object): Promise<PipelineDiff> =>
  JSON.parse(await shop.run(request(changes), diffScorer)) as PipelineDiff;

it('shows what a scorer does that buries what everybody buys next', async () => {
  const { requests, overlap, hitRate, examples, latencyMs, degraded } = await diff({ weight: -10, scale: 'none' });
  expect(requests).toBe(SHOPPERS);
  expect(overlap.mean).toBeLessThan(1);
  expect(hitRate.before.mean).toBeGreaterThan(0.9);
  expect(hitRate.after.mean).toBe(0);
  expect(hitRate.difference.mean).toBeCloseTo(-hitRate.before.mean, 12);
  expect(hitRate.difference.high).toBeLessThan(-0.8);
  expect(examples).toHaveLength(5);
  expect(examples[0]!.before.map(({ title }) => title)).toContain('Hit');
  expect(examples[0]!.after.map(({ title }) => title)).not.toContain('Hit');
  expect(latencyMs.after.p99).toBeGreaterThanOrEqual(latencyMs.after.p50);
  expect(degraded).toEqual([]);
});

it('shows that a weight of nothing changes nothing', async () => {
  const { overlap, hitRate } = await diff({ weight: 0 });
  expect(overlap).toEqual({ mean: 1, low: 1, high: 1 });
  expect(hitRate.difference).toEqual({ mean: 0, low: 0, high: 0 });
});

it('asks logged requests first, and judges those whose user bought something afterwards', async () => {
  const at = new Date(SHOP_NOW - 40 * 86_400_000).toISOString();
  for (const userId of ['u20', 'u3']) {
    const items = { items: [], scores: [], propensities: [], total: 0, sampled: [], degraded: [] };
    const body = { surface: 'home', userId };
    const page = { from: 0, limit: 10 };
    const request = toLogged(loggedRequestSchema.parse({ call: 'recommend', requestId: 'r', body, page }));
    shop.parts.stores.slates.record({
      slateId: `s-${userId}`,
      at,
      surface: 'home',
      userId,
      request,
      digest: 'd',
      ...items,
    });
  }
  const { requests, hitRate } = await diff({ requests: 2 });
  expect(requests).toBe(2);
  expect(hitRate.requests).toBe(1);
});

it('touches nothing that is served, and refuses what does not hold', async () => {
  const before = shop.parts.engine.sources;
  await diff({ requests: 1 });
  expect(shop.parts.engine.sources).toBe(before);
  await expect(diff({ step: { use: 'on-hitt' } })).rejects.toThrow(/did you mean 'on-hit'/);
  await expect(diff({ step: { use: 'on-hit', as: 'popularity' } })).rejects.toThrow(/name the new one by step.as/);
  await expect(diff({ step: { use: 'on-hit', config: { loud: true } } })).rejects.toThrow(/the added step/);
});
