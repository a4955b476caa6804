import assert from 'node:assert/strict';
import { fakeCall } from '../host/fake-call.js';
import type { Bench } from './bench.js';
import { CHECKS } from './check-names.js';
import type { Check } from './check.js';
import { contractParts, Inputs } from './inputs.js';

const { reranker } = CHECKS;
type Rerankers = Bench<'reranker'>;
const SIZES = [0, 1, 2, 120];

export function rerankerChecks(bench: Rerankers): readonly Check[] {
  return [
    { name: reranker.permutation, run: () => permutations(bench, 1000) },
    { name: reranker.late, run: () => permutations(bench, 0) },
    { name: reranker.depth, run: () => depth(bench) },
  ];
}

const permutations = (bench: Rerankers, remainingMs: number) =>
  bench.using(async (running) => {
    for (const size of SIZES) {
      for (const { ask } of contractParts(bench.world)) {
        const slate = new Inputs(bench.world).slate({ ask, ids: manyIds(bench, size) });
        assertPermutation(await running.rerank(slate, fakeCall({ remainingMs })), size);
      }
    }
  });

/** Items of the world, then as many unknown ones as it takes. */
const manyIds = ({ world }: Rerankers, size: number): readonly string[] =>
  Array.from({ length: size }, (_, i) => world.items[i]?.id ?? `more-${i}`);

function assertPermutation(order: Uint32Array, size: number): void {
  assert.ok(Object.prototype.toString.call(order) === '[object Uint32Array]', 'must return a Uint32Array of positions');
  assert.equal(
    order.length,
    size,
    `returned ${order.length} positions for ${size} candidates: the cut to limit comes later`,
  );
  const seen = new Set<number>();
  for (const position of order) {
    assert.ok(position < size, `position ${position} is none of ${size} candidates`);
    assert.ok(!seen.has(position), `position ${position} comes twice`);
    seen.add(position);
  }
}

const depth = (bench: Rerankers) =>
  bench.using(({ depth: wanted }) => {
    assert.ok(
      wanted === undefined || (Number.isInteger(wanted) && wanted > 0),
      `depth is ${wanted}: a whole number from 1, or left out`,
    );
  });
