import assert from 'node:assert/strict';
import { fakeCall } from '../host/fake-call.js';
import type { Bench } from './bench.js';
import { CHECKS } from './check-names.js';
import { assertSame, type Check, type RunningOf } from './check.js';
import { contractParts, Inputs, UNKNOWN_ITEM, type AskedPart } from './inputs.js';
import { writesNothingLate } from './late-writes.js';

const { scorer } = CHECKS;
type Scorers = Bench<'scorer'>;

export function scorerChecks(bench: Scorers): readonly Check[] {
  return [
    { name: scorer.batchEqualsAlone, run: () => batchEqualsAlone(bench) },
    { name: scorer.order, run: () => order(bench) },
    { name: scorer.coldItem, run: () => coldItem(bench) },
    { name: scorer.coldUser, run: () => coldUser(bench) },
    { name: scorer.finite, run: () => finite(bench) },
    { name: scorer.within, run: () => within(bench) },
    { name: scorer.empty, run: () => empty(bench) },
    { name: scorer.late, run: () => late(bench) },
    { name: scorer.speaks, run: () => speaks(bench) },
  ];
}

async function score(
  { world }: Scorers,
  running: RunningOf<'scorer'>,
  parts: readonly AskedPart[],
): Promise<Float32Array> {
  const batch = new Inputs(world).batch(parts);
  const out = new Float32Array(batch.candidates.size).fill(NaN);
  await running.score(batch, out, fakeCall());
  return out;
}

/** Scores of each part, asked together. */
async function scored(
  bench: Scorers,
  running: RunningOf<'scorer'>,
  parts: readonly AskedPart[],
): Promise<readonly Float32Array[]> {
  const out = await score(bench, running, parts);
  let start = 0;
  return parts.map(({ ids }) => out.slice(start, (start += ids.length)));
}

const batchEqualsAlone = (bench: Scorers) =>
  bench.using(async (running) => {
    const parts = contractParts(bench.world);
    const together = await scored(bench, running, parts);
    for (const [r, part] of parts.entries()) {
      const alone = await score(bench, running, [part]);
      assertSame(
        together[r],
        alone,
        `request ${r} of a batch is scored otherwise than alone: mind offsets[r]`,
        bench.tolerance,
      );
    }
  });

const order = (bench: Scorers) =>
  bench.using(async (running) => {
    const parts = contractParts(bench.world);
    const straight = await scored(bench, running, parts);
    const turned = await scored(
      bench,
      running,
      parts.map((part) => ({ ...part, ids: [...part.ids].reverse() })),
    );
    for (const r of parts.keys()) {
      assertSame(
        turned[r]!.toReversed(),
        straight[r],
        `request ${r}: a candidate's score depends on where it stands`,
        bench.tolerance,
      );
    }
  });

async function coldItem(bench: Scorers): Promise<void> {
  if (bench.plugin.traits.coldItem) return;
  const { world } = bench;
  const warm = world.items.map((item) => item.id).filter((id) => !world.coldItemIds.includes(id));
  const ids = [...warm.slice(0, 2), ...world.coldItemIds.slice(0, 2), UNKNOWN_ITEM];
  await bench.using(async (running) => {
    const out = await score(bench, running, [{ ask: { userId: world.userIds[0]! }, ids }]);
    out.forEach((value, c) => {
      const cold = !warm.includes(ids[c]!);
      assert.ok(
        !cold || Number.isNaN(value),
        `cold item ${ids[c]} scored ${value}: leave NaN, or claim traits.coldItem`,
      );
    });
  });
}

async function coldUser(bench: Scorers): Promise<void> {
  if (bench.plugin.traits.coldUser) return;
  const ids = bench.world.items.slice(0, 8).map((item) => item.id);
  await bench.using(async (running) => {
    for (const ask of [{}, { userId: 'stranger' }]) {
      const out = await score(bench, running, [{ ask, ids }]);
      const spoken = out.find((value) => !Number.isNaN(value));
      assert.ok(spoken === undefined, `scored ${spoken} for a cold user: leave NaN, or claim traits.coldUser`);
    }
  });
}

const finite = (bench: Scorers) =>
  bench.using(async (running) => {
    const out = await score(bench, running, contractParts(bench.world));
    const wrong = out.find((value) => value === Infinity || value === -Infinity);
    assert.ok(wrong === undefined, `wrote ${wrong}: a score is finite, or NaN to abstain`);
  });

/** The output is a window of a larger buffer: a scorer that writes past it, or into its buffer's start, is seen. */
const within = (bench: Scorers) =>
  bench.using(async (running) => {
    const parts = contractParts(bench.world);
    const plain = await score(bench, running, parts);
    const guard = 16;
    const buffer = new Float32Array(plain.length + 2 * guard).fill(-77);
    const out = buffer.subarray(guard, guard + plain.length).fill(NaN);
    await running.score(new Inputs(bench.world).batch(parts), out, fakeCall());
    const around = [...buffer.subarray(0, guard), ...buffer.subarray(guard + plain.length)];
    assert.ok(
      around.every((value) => value === -77),
      'wrote outside its output: use out itself, not out.buffer',
    );
    assertSame(
      out,
      plain,
      'writes otherwise into a window of a larger buffer: use out itself, not out.buffer',
      bench.tolerance,
    );
  });

const empty = (bench: Scorers) =>
  bench.using(async (running) => {
    for (const parts of [[], [{ ask: {}, ids: [] }]]) await score(bench, running, parts);
  });

const late = (bench: Scorers) =>
  bench.using((running) =>
    writesNothingLate(bench.settleMs, (call) => {
      const batch = new Inputs(bench.world).batch(contractParts(bench.world));
      const out = new Float32Array(batch.candidates.size).fill(NaN);
      return { buffer: out, done: running.score(batch, out, call) };
    }),
  );

const speaks = (bench: Scorers) =>
  bench.using(async (running) => {
    const out = await score(bench, running, contractParts(bench.world));
    assert.ok(
      out.some((value) => !Number.isNaN(value)),
      `abstains on everything in world '${bench.world.name}': pass a world in which it can speak`,
    );
  });
