import { defineRetriever, type CandidateTrace } from '@attune/sdk';
import fc from 'fast-check';
import { Engine } from '../engine.js';
import { ask, benchOf, sourceOf, type Bench } from '../fixtures/bench-engine.js';
import { homeOf, PLAIN } from '../fixtures/plain-plugins.js';
import type { EngineRequest } from './engine-request.js';
import type { ServedSlate, TimedStage } from './serving.js';

async function serving(changes: object = {}): Promise<Bench> {
  const bench = benchOf([...PLAIN, remembering]);
  await bench.engine.load([sourceOf(homeOf(changes))]);
  return bench;
}
const served = async ({ engine }: Bench, changes: Partial<EngineRequest> = {}): Promise<ServedSlate> =>
  (await engine.serve('home', [ask(changes)]))[0]!;
const remembering = defineRetriever({
  id: 'remembering',
  version: '1.0.0',
  needs: ['history'],
  each: ({ history }) => ({ ids: [...history.items], scores: Float32Array.from(history.items, () => 1) }),
});

describe('pages', () => {
  it('go through everything that passed, in one order, without repeat or loss', async () => {
    const bench = await serving({ explain: { use: 'bought' }, rerank: [{ use: 'upside-down' }] });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 12 }), async (sizes) => {
        const slate = await served(bench, { limit: sizes[0]!, paging: true });
        const pages = [...slate.slate.items];
        for (const size of sizes.slice(1)) pages.push(...(await slate.page(pages.length, pages.length + size)));
        const { ids, scores } = slate.passed();
        expect(ids).toHaveLength(slate.total);
        expect(new Set(ids).size).toBe(slate.total);
        expect(pages.map(({ id }) => id)).toEqual(ids.slice(0, pages.length));
        expect(pages.map(({ score }) => score)).toEqual(scores.slice(0, pages.length));
        expect(pages.map(({ rank }) => rank)).toEqual(pages.map((_, place) => place + 1));
        expect(pages.every(({ reason }) => reason?.key === 'because-you-bought')).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('are re-ranked as a whole, where without paging only the head is', async () => {
    const bench = await serving({ rerank: [{ use: 'upside-down' }] });
    const whole = await served(bench, { limit: 2, paging: true });
    const head = await served(bench, { limit: 2 });
    // The dearest of all 30 that are available; the dearest of the eight cheapest.
    expect(whole.slate.items.map(({ id }) => id)).toEqual(['i38', 'i37']);
    expect(head.slate.items.map(({ id }) => id)).toEqual(['i9', 'i8']);
  });

  it('can be asked for long after the slate, with time of their own', async () => {
    const bench = await serving({ explain: { use: 'bought' } });
    const slate = await served(bench, { limit: 1, paging: true });
    bench.clock.advance(600_000);
    expect((await slate.page(1, 3)).map(({ reason }) => reason?.evidence)).toEqual([['i2'], ['i2']]);
  });
});

describe('an item asked about', () => {
  const traceOf = async (bench: Bench, probe: string): Promise<CandidateTrace | undefined> =>
    (await served(bench, { probe, limit: 3 })).slate.trace?.candidates.find(({ id }) => id === probe);

  it('is scored and ranked though nobody proposes it', async () => {
    const bench = await serving({ retrieve: [{ use: 'in-order', limit: 10 }] });
    expect(await traceOf(bench, 'i20')).toMatchObject({
      proposedBy: [{ plugin: 'asked', position: 1 }],
      contributions: { cheap: -20 / 3 },
    });
  });

  it('is filtered like any other', async () => {
    const bench = await serving({ retrieve: [{ use: 'in-order', limit: 10 }] });
    expect(await traceOf(bench, 'i23')).toMatchObject({ filteredBy: 'available' });
  });

  it('keeps those who propose it besides, the fallback among them', async () => {
    const bench = await serving({ retrieve: [{ use: 'in-order', limit: 1 }] });
    expect((await traceOf(bench, 'i38'))?.proposedBy.map(({ plugin }) => plugin)).toEqual([
      'asked',
      'fallback popular',
    ]);
    expect((await traceOf(bench, 'i0'))?.proposedBy.map(({ plugin }) => plugin)).toContain('in-order');
  });
});

describe('a user who does not consent to profiling', () => {
  const changes = { retrieve: [{ use: 'in-order', limit: 5 }, { use: 'remembering' }] };

  it('is served without a history, and the slate says so', async () => {
    const bench = await serving(changes);
    const { slate } = await served(bench, { userId: 'shy' });
    expect(slate.degraded).toEqual([{ plugin: 'history', code: 'NO_PROFILING' }]);
    expect(slate.trace!.candidates.flatMap(({ proposedBy }) => proposedBy.map(({ plugin }) => plugin))).not.toContain(
      'remembering',
    );
  });

  it('costs the others of a batch nothing', async () => {
    const bench = await serving(changes);
    const [shy, ann] = await bench.engine.serve('home', [ask({ userId: 'shy' }), ask({ id: 'request-2' })]);
    expect([shy!.slate.degraded.length, ann!.slate.degraded.length]).toEqual([1, 0]);
  });
});

it('tells the observer of every stage, plugin and degradation', async () => {
  const bench = benchOf([...PLAIN, remembering]);
  const told: string[] = [];
  const observer = {
    stage: (surface: string, { stage, plugins }: TimedStage) =>
      void told.push(`${surface} ${[stage, ...plugins.map(({ plugin }) => plugin)].join(' ')}`),
    degraded: (surface: string, plugin: string, code: string) => void told.push(`${surface} ${plugin} ${code}`),
  };
  const engine = new Engine({ ...bench.context, observer });
  await engine.load([sourceOf(homeOf())]);
  await engine.serve('home', [ask({ userId: 'shy', limit: 2 })]);
  expect(told).toEqual([
    'home gather',
    'home retrieve in-order',
    'home filter available',
    'home score cheap',
    'home rank sum',
    'home history NO_PROFILING',
    'home rerank',
  ]);
});
