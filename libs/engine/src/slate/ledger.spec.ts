import {
  defineFilter,
  defineReranker,
  defineRetriever,
  defineScorer,
  type Plugin,
  type SlateAnswer,
} from '@attune/sdk';
import fc from 'fast-check';
import { benchOf, sourceOf } from '../fixtures/bench-engine.js';
import { homeOf, PLAIN } from '../fixtures/plain-plugins.js';

const version = '1.0.0';
const ids = fc.uniqueArray(fc.integer({ min: 0, max: 39 }), { maxLength: 30 });
const numbers = fc.array(fc.oneof(fc.float({ noDefaultInfinity: true }), fc.constant(NaN)), {
  minLength: 40,
  maxLength: 40,
});

/** Any pipeline: who proposes what with which scores, what is filtered, scored and moved. */
const worlds = fc.record({
  retrievers: fc.array(fc.record({ ids, seed: fc.float({ noNaN: true, noDefaultInfinity: true }) }), {
    minLength: 1,
    maxLength: 4,
  }),
  filters: fc.array(ids, { maxLength: 3 }),
  scorers: fc.array(numbers, { maxLength: 4 }),
  rerankers: fc.array(fc.integer({ min: 0, max: 7 }), { maxLength: 3 }),
  limit: fc.integer({ min: 1, max: 20 }),
});
type AnyWorld = typeof worlds extends fc.Arbitrary<infer W> ? W : never;

function pluginsOf({ retrievers, filters, scorers, rerankers }: AnyWorld): readonly Plugin[] {
  const place = (id: string): number => Number(id.slice(1));
  return [
    ...retrievers.map((one, n) =>
      defineRetriever({
        id: `retriever-${n}`,
        version,
        each: () => ({
          ids: one.ids.map((id) => `i${id}`),
          scores: Float32Array.from(one.ids, (_, i) => one.seed / (i + 1)),
        }),
      }),
    ),
    ...filters.map((gone, n) =>
      defineFilter({ id: `filter-${n}`, version, each: ({ id }) => !gone.includes(place(id)) }),
    ),
    ...scorers.map((column, n) => defineScorer({ id: `scorer-${n}`, version, each: ({ id }) => column[place(id)] })),
    ...rerankers.map((turn, n) =>
      defineReranker({
        id: `reranker-${n}`,
        version,
        setup: () => ({
          rerank: ({ candidates: { size } }) => Uint32Array.from({ length: size }, (_, i) => (i + turn) % size),
        }),
      }),
    ),
  ];
}
const steps = (name: string, list: readonly unknown[]): { use: string }[] =>
  list.map((_, n) => ({ use: `${name}-${n}` }));

async function slateOf(world: AnyWorld): Promise<SlateAnswer> {
  const bench = benchOf([...PLAIN, ...pluginsOf(world)]);
  await bench.engine.load([
    sourceOf(
      homeOf({
        retrieve: steps('retriever', world.retrievers),
        filter: steps('filter', world.filters),
        score: steps('scorer', world.scorers),
        rerank: steps('reranker', world.rerankers),
      }),
    ),
  ]);
  return bench.serve({ limit: world.limit });
}
const added = (parts: Readonly<Record<string, number>>): number =>
  Object.values(parts).reduce((total, part) => total + part, 0);

describe('the ledger of a slate', () => {
  it('adds up, and accounts for every candidate once', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        const slate = JSON.parse(JSON.stringify(await slateOf(world))) as SlateAnswer;
        const { candidates, stages } = slate.trace!;
        expect(slate.degraded).toEqual([]);

        // Every hit's parts give its score to the last bit, also once it has been through JSON.
        for (const { score, contributions } of slate.items) expect(added(contributions!)).toBe(score);
        for (const one of candidates) if (one.score !== undefined) expect(added(one.contributions!)).toBe(one.score);

        // Who was proposed is there once: filtered, or scored.
        const proposed = new Set(world.retrievers.flatMap((one) => one.ids.map((id) => `i${id}`)));
        const traced = candidates.map(({ id }) => id);
        expect(new Set(traced).size).toBe(traced.length);
        for (const id of proposed) expect(traced).toContain(id);
        for (const one of candidates) {
          expect(one.proposedBy.length).toBeGreaterThan(0);
          expect(one.filteredBy === undefined).toBe(one.score !== undefined);
          const place = Number(one.id.slice(1));
          const gone = world.filters.findIndex((list) => list.includes(place));
          expect(one.filteredBy).toBe(gone < 0 ? undefined : `filter-${gone}`);
          for (const { plugin, position } of one.proposedBy) {
            if (plugin.startsWith('fallback')) continue;
            expect(`i${world.retrievers[Number(plugin.slice(-1))]!.ids[position - 1]}`).toBe(one.id);
          }
        }

        // Moves lead, step by step, from the place by score to the rank that is shown.
        const byScore = candidates
          .filter(({ score }) => score !== undefined)
          .map((one, at) => ({ one, at }))
          .sort((a, b) => b.one.score! - a.one.score!);
        expect(slate.items.map(({ rank }) => rank)).toEqual(slate.items.map((_, place) => place + 1));
        for (const { one } of byScore) {
          const moves = one.movedBy ?? [];
          moves.slice(1).forEach((move, i) => expect(move.from).toBe(moves[i]!.to));
          const ahead = byScore.filter(({ one: other }) => other.score! > one.score!).length;
          const level = byScore.filter(({ one: other }) => other.score! === one.score!).length;
          const start = moves[0]?.from ?? one.rank;
          if (start !== undefined) {
            expect(start).toBeGreaterThan(ahead);
            expect(start).toBeLessThanOrEqual(ahead + level);
          }
          if (one.rank !== undefined) expect(slate.items[one.rank - 1]!.id).toBe(one.id);
          if (moves.length > 0 && moves.at(-1)!.to <= world.limit) expect(one.rank).toBe(moves.at(-1)!.to);
        }
        expect(stages.map(({ stage }) => stage)).toEqual(['gather', 'retrieve', 'filter', 'score', 'rank', 'rerank']);
        expect(stages.every(({ ms }) => Number.isFinite(ms))).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});
