import { defineFilter, defineReranker, defineRetriever, defineScorer, type Call, type Retrieved } from '@attune/sdk';
import { benchOf, ManualClock, sourceOf } from '../fixtures/bench-engine.js';
import { homeOf, PLAIN } from '../fixtures/plain-plugins.js';
import { RequestDeadline } from './request-deadline.js';

describe('RequestDeadline', () => {
  it('counts down, never below zero, and never beyond the one above it', () => {
    const clock = new ManualClock();
    const whole = new RequestDeadline(clock, 50);
    const part = new RequestDeadline(clock, 80, whole);
    expect(part.remainingMs()).toBe(50);
    clock.advance(20);
    expect(part.remainingMs()).toBe(30);
    clock.advance(100);
    expect([part.remainingMs(), whole.remainingMs()]).toEqual([0, 0]);
  });

  it('aborts its signal when it expires, and hands out an aborted one afterwards', () => {
    const deadline = new RequestDeadline(new ManualClock(), 50);
    const { signal } = deadline;
    expect(signal.aborted).toBe(false);
    deadline.expire();
    expect(signal.aborted).toBe(true);
    expect(deadline.remainingMs()).toBe(0);
    expect(new RequestDeadline(new ManualClock(), 0).signal.aborted).toBe(true);
  });
});

describe('the deadline of a request', () => {
  const seen: Call[] = [];
  const watching = defineScorer({
    id: 'watching',
    version: '1.0.0',
    budget: { hardMs: 50 },
    setup: () => ({ score: (_, __, call) => void seen.push(call) }),
  });
  const slowStart = (ms: number, clock: () => ManualClock) =>
    defineRetriever({
      id: 'slow-start',
      version: '1.0.0',
      budget: { hardMs: 50 },
      setup: () => ({
        retrieve(requests) {
          clock().advance(ms);
          return requests.map(() => ({ ids: ['i0', 'i1', 'i2', 'i3'], scores: Float32Array.of(4, 3, 2, 1) }));
        },
      }),
    });
  const noMoves = defineReranker({
    id: 'no-moves',
    version: '1.0.0',
    setup: () => ({ rerank: ({ candidates: { size } }) => Uint32Array.from({ length: size }, (_, i) => i) }),
  });
  const bench = (ms: number) => {
    const made = benchOf([...PLAIN, watching, noMoves, slowStart(ms, () => made.clock)]);
    return made;
  };
  const home = sourceOf(
    homeOf({
      deadlineMs: 100,
      retrieve: [{ use: 'slow-start' }],
      score: [{ use: 'watching' }],
      rerank: [{ use: 'no-moves' }],
      explain: { use: 'bought' },
      fallback: { use: 'popular' },
    }),
  );

  it('caps the budget of each plugin', async () => {
    seen.length = 0;
    const made = bench(70);
    await made.engine.load([home]);
    await made.serve({ limit: 3 });
    expect(seen[0]!.deadline.remainingMs()).toBe(30);
  });

  it('is named once it is over, and filters and ranker still do their work', async () => {
    const made = bench(101);
    await made.engine.load([home]);
    const slate = await made.serve({ limit: 3 });
    expect(slate.degraded).toEqual(
      ['watching', 'no-moves', 'bought'].map((plugin) => ({ plugin, code: 'DEADLINE_EXCEEDED' })),
    );
    // i3 is not available: the vital filter ran, though late.
    expect(slate.items.map(({ id }) => id)).toEqual(['i0', 'i1', 'i2']);
  });

  it('takes no answer from a plugin that gave up because its time was over', async () => {
    const givingUp = (reads: boolean) =>
      defineScorer({
        id: reads ? 'giving-up' : 'finishing',
        version: '1.0.0',
        budget: { hardMs: 50 },
        setup: () => ({
          async score({ candidates: { size } }, out, call) {
            await Promise.resolve();
            made.clock.advance(60);
            if (reads && call.deadline.signal.aborted) return;
            out.fill(1, 0, size);
          },
        }),
      });
    const made = benchOf([...PLAIN, givingUp(true), givingUp(false)]);
    const score = [{ use: 'giving-up' }, { use: 'finishing' }];
    await made.engine.load([sourceOf(homeOf({ deadlineMs: 1000, score }))]);
    const { degraded } = await made.serve({ limit: 3 });
    expect(degraded).toEqual([expect.objectContaining({ plugin: 'giving-up', code: 'PLUGIN_TIMEOUT' })]);
  });

  it('leaves a filter that has to wait for something a little time of its own', async () => {
    const asking = defineFilter({
      id: 'asking',
      version: '1.0.0',
      traits: { vital: true },
      uses: ['documents'],
      setup: (_, { documents }) => ({
        async filter({ candidates }, keep, call) {
          expect(call.deadline.remainingMs()).toBe(20);
          await new Promise(setImmediate);
          const found = await documents.get(candidates.ids);
          found.forEach((item, c) => item?.available === false && (keep[c] = 0));
        },
      }),
    });
    const made = benchOf([...PLAIN, asking, slowStart(101, () => made.clock)]);
    await made.engine.load([
      sourceOf(homeOf({ deadlineMs: 100, retrieve: [{ use: 'slow-start' }], filter: [{ use: 'asking' }], score: [] })),
    ]);
    // No timer rings: on a busy machine the turn may come after the 20 ms.
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    try {
      const slate = await made.serve({ limit: 3 });
      expect(slate.items.map(({ id }) => id)).toEqual(['i0', 'i1', 'i2']);
    } finally {
      jest.useRealTimers();
    }
  });

  it('one retriever that hangs until the end does not empty the slate', async () => {
    const hanging = defineRetriever({
      id: 'hanging',
      version: '1.0.0',
      budget: { hardMs: 30 },
      setup: () => ({ retrieve: () => new Promise<readonly Retrieved[]>(() => undefined) }),
    });
    const made = benchOf([...PLAIN, hanging]);
    await made.engine.load([
      sourceOf(
        homeOf({
          deadlineMs: 30,
          retrieve: [{ use: 'in-order', hardMs: 20 }, { use: 'hanging' }],
          fallback: { use: 'popular', hardMs: 30 },
        }),
      ),
    ]);
    const slate = await made.serve();
    expect(slate.items).toHaveLength(10);
    expect(slate.degraded.map(({ plugin, code }) => [plugin, code])).toContainEqual(['hanging', 'PLUGIN_TIMEOUT']);
  });

  it('a plugin that hardly had time does not come nearer to resting', async () => {
    const waiting = defineScorer({
      id: 'waiting',
      version: '1.0.0',
      budget: { hardMs: 50 },
      setup: () => ({ score: () => new Promise<void>(() => undefined) }),
    });
    const made = benchOf([...PLAIN, waiting, slowStart(95, () => made.clock)]);
    await made.engine.load([
      sourceOf(homeOf({ deadlineMs: 100, retrieve: [{ use: 'slow-start' }], score: [{ use: 'waiting' }] })),
    ]);
    for (let i = 0; i < 6; i++) {
      const { degraded } = await made.serve({ limit: 3 });
      // The retriever overruns its own budget and comes to rest; what follows had five milliseconds each time.
      if (degraded.some(({ code }) => code === 'PLUGIN_CIRCUIT_OPEN')) continue;
      expect(degraded).toContainEqual(expect.objectContaining({ plugin: 'waiting', code: 'PLUGIN_TIMEOUT' }));
    }
    const instance = (await made.serve({ limit: 3 })).degraded.find(({ plugin }) => plugin === 'waiting');
    expect(instance?.code).toBe('PLUGIN_TIMEOUT');
  });
});
