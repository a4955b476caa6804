import assert from 'node:assert/strict';
import { compilePredicate } from '@attune/sdk';
import { fakeCall } from '../host/fake-call.js';
import type { Bench } from './bench.js';
import { CHECKS } from './check-names.js';
import { assertSame, type Check, type RunningOf } from './check.js';
import { contractParts, Inputs, UNKNOWN_ITEM, type AskedPart } from './inputs.js';
import { writesNothingLate } from './late-writes.js';

const { filter } = CHECKS;
type Filters = Bench<'filter'>;

export function filterChecks(bench: Filters): readonly Check[] {
  return [
    { name: filter.clears, run: () => clears(bench) },
    { name: filter.zero, run: () => zero(bench) },
    { name: filter.alone, run: () => alone(bench) },
    { name: filter.empty, run: () => empty(bench) },
    { name: filter.pushdown, run: () => pushdown(bench) },
    { name: filter.late, run: () => late(bench) },
    { name: filter.unknown, run: () => unknown(bench) },
  ];
}

/** Items the catalogue knows: the unknown one has a check of its own. */
export const knownParts = (bench: Filters): readonly AskedPart[] =>
  contractParts(bench.world).map((part) => ({ ...part, ids: part.ids.filter((id) => id !== UNKNOWN_ITEM) }));

async function keepOf(
  bench: Filters,
  running: RunningOf<'filter'>,
  parts: readonly AskedPart[],
  mask = (_: number) => 1,
) {
  const batch = new Inputs(bench.world).batch(parts);
  const keep = Uint8Array.from({ length: batch.candidates.size }, (_, c) => mask(c));
  await running.filter(batch, keep, fakeCall());
  return keep;
}

const clears = (bench: Filters) =>
  bench.using(async (running) => {
    for (const phase of [0, 1]) {
      const keep = await keepOf(bench, running, knownParts(bench), (c) => (c % 2 === phase ? 1 : 0));
      keep.forEach((bit, c) => {
        assert.ok(bit === 0 || bit === 1, `wrote ${bit} into keep: a bit is 1 or 0`);
        assert.ok(bit === 0 || c % 2 === phase, `set bit ${c}, which another filter had cleared: only write zeros`);
      });
    }
  });

const zero = (bench: Filters) =>
  bench.using(async (running) => {
    const keep = await keepOf(bench, running, knownParts(bench), () => 0);
    assert.ok(
      keep.every((bit) => bit === 0),
      'brought back a candidate of an all-zero mask: only write zeros',
    );
  });

const alone = (bench: Filters) =>
  bench.using(async (running) => {
    const parts = knownParts(bench);
    const together = await keepOf(bench, running, parts);
    let start = 0;
    for (const [r, part] of parts.entries()) {
      const slice = together.slice(start, (start += part.ids.length));
      assertSame(
        slice,
        await keepOf(bench, running, [part]),
        `request ${r} of a batch is filtered otherwise than alone: mind offsets[r]`,
      );
    }
  });

const empty = (bench: Filters) =>
  bench.using(async (running) => {
    for (const parts of [[], [{ ask: {}, ids: [] }]]) await keepOf(bench, running, parts);
  });

/** Every item of the world is asked of every request: what the predicate rejects, the filter must clear as well. */
const pushdown = (bench: Filters) =>
  bench.using(async (running) => {
    if (running.pushdown === undefined) return;
    const { world } = bench;
    const ids = world.items.map((item) => item.id);
    const asks = contractParts(world).map(({ ask }) => ask);
    for (const ask of [
      ...asks,
      ...world.userIds.slice(0, 3).map((userId) => ({ userId, filter: { id: { $nin: ids.slice(0, 3) } } })),
    ]) {
      const predicate = running.pushdown(new Inputs(world).request(ask));
      if (predicate === undefined) continue;
      const passes = compilePredicate(predicate);
      const keep = await keepOf(bench, running, [{ ask, ids }]);
      world.items.forEach((item, c) => {
        assert.ok(
          passes(item) || keep[c] === 0,
          `pushdown rules out ${item.id}, filter keeps it: both must say the same`,
        );
      });
    }
  });

const late = (bench: Filters) =>
  bench.using((running) =>
    writesNothingLate(bench.settleMs, (call) => {
      const batch = new Inputs(bench.world).batch(knownParts(bench));
      const keep = new Uint8Array(batch.candidates.size).fill(1);
      return { buffer: keep, done: running.filter(batch, keep, call) };
    }),
  );

const unknown = (bench: Filters) =>
  bench.using(async (running) => {
    await keepOf(bench, running, [{ ask: { userId: bench.world.userIds[0]! }, ids: [UNKNOWN_ITEM, 'also-unknown'] }]);
  });
