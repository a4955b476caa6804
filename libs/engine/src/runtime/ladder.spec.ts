import { defineFilter, defineRanker, defineScorer, type Traits } from '@attune/sdk';
import { benchOf, ManualClock, sourceOf } from '../fixtures/bench-engine.js';
import { homeOf, PLAIN, thirds } from '../fixtures/plain-plugins.js';
import { Ladder } from './ladder.js';

const observe = (ladder: Ladder, times: number, share: number): void => {
  for (let i = 0; i < times; i++) ladder.observe(share * 100, 100);
};

describe('Ladder', () => {
  it('climbs one rung a second while slates take most of their time, and comes down again', () => {
    const clock = new ManualClock();
    const ladder = new Ladder(clock);
    observe(ladder, 10, 1);
    expect(ladder.rung).toBe(0);
    observe(ladder, 10, 1);
    expect([ladder.rung, [...ladder.shed()]]).toEqual([1, ['llm']]);
    observe(ladder, 50, 1);
    expect(ladder.rung).toBe(1);
    for (const shed of [
      ['llm', 'sequence'],
      ['llm', 'sequence', 'standard'],
      ['llm', 'sequence', 'standard'],
    ]) {
      clock.advance(1_000);
      observe(ladder, 1, 1);
      expect([...ladder.shed()]).toEqual(shed);
    }
    clock.advance(1_000);
    observe(ladder, 5, 0.1);
    expect(ladder.rung).toBe(3);
    observe(ladder, 10, 0.1);
    expect(ladder.rung).toBe(2);
    for (const rung of [1, 0, 0]) {
      clock.advance(1_000);
      observe(ladder, 1, 0.1);
      expect(ladder.rung).toBe(rung);
    }
  });

  it('stays where it is between the two marks', () => {
    const ladder = new Ladder(new ManualClock());
    observe(ladder, 100, 0.6);
    expect(ladder.rung).toBe(0);
  });

  it('lets go of the dear plugins of a slate, never of filters and rankers', async () => {
    const scorer = (tier: Traits['tier']) =>
      defineScorer({ id: `a-${tier}`, version: '1.0.0', traits: { tier }, each: () => 3 });
    const tiers = ['basic', 'standard', 'sequence', 'llm'] as const;
    const busy: { advance: number } = { advance: 100 };
    const filter = defineFilter({
      id: 'dear-filter',
      version: '1.0.0',
      traits: { tier: 'llm' },
      setup: () => ({ filter: (_, keep) => void (bench.clock.advance(busy.advance), keep.fill(0, 0, 1)) }),
    });
    const ranker = defineRanker({
      id: 'dear-ranker',
      version: '1.0.0',
      traits: { tier: 'llm' },
      setup: () => ({ rank: ({ candidates }, columns) => thirds(candidates.size, columns) }),
    });
    const bench = benchOf([...PLAIN, ...tiers.map(scorer), filter, ranker]);
    await bench.engine.load([
      sourceOf(
        homeOf({
          deadlineMs: 110,
          retrieve: [{ use: 'in-order' }],
          filter: [{ use: 'dear-filter', hardMs: 110 }],
          score: tiers.map((tier) => ({ use: `a-${tier}` })),
          rank: { use: 'dear-ranker' },
          fallback: 'popular',
        }),
      ),
    ]);
    for (let i = 0; i < 60; i++) await bench.serve();
    bench.clock.advance(1_000);
    await bench.serve();
    expect(bench.engine.rung).toBe(3);
    busy.advance = 0;
    const slate = await bench.serve();
    expect(slate.degraded).toEqual(
      ['in-order', 'a-standard', 'a-sequence', 'a-llm'].map((plugin) => ({ plugin, code: 'LOAD_SHED' })),
    );
    expect(slate.items[0]).toMatchObject({ id: 'i38', contributions: { 'a-basic': 1 } });
  });
});
