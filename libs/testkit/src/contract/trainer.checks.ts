import assert from 'node:assert/strict';
import type { ArtifactDraft } from '@attune/sdk';
import { learnableDataOf, NO_TRAINING_DATA } from '../worlds/world-data.js';
import type { Bench } from './bench.js';
import { CHECKS } from './check-names.js';
import { settles, type Check } from './check.js';

const { trainer } = CHECKS;
type Trainers = Bench<'trainer'>;

export function trainerChecks(bench: Trainers): readonly Check[] {
  return [
    { name: trainer.finite, run: () => finite(bench) },
    { name: trainer.ids, run: () => ids(bench) },
    { name: trainer.meta, run: () => meta(bench) },
    { name: trainer.progress, run: () => progress(bench) },
    { name: trainer.deadline, run: () => deadline(bench) },
    { name: trainer.empty, run: () => empty(bench) },
  ];
}

const fit = (bench: Trainers, run = bench.run()): Promise<ArtifactDraft> =>
  bench.using((running) => {
    const { plugin, world, config } = bench;
    return running.fit(learnableDataOf(world, plugin, plugin.config.parse(config)), run);
  });

async function finite(bench: Trainers): Promise<void> {
  assertFinite(await fit(bench));
}

function assertFinite(draft: ArtifactDraft): void {
  for (const [name, array] of Object.entries(draft.arrays)) {
    const at = array.findIndex((value) => !Number.isFinite(value));
    assert.ok(at < 0, `array ${name} holds ${array[at]} at ${at}: a model's weights are finite`);
  }
}

async function ids(bench: Trainers): Promise<void> {
  const draft = await fit(bench);
  for (const [name, list] of Object.entries(draft.ids)) {
    assert.equal(new Set(list).size, list.length, `id list ${name} holds an id twice`);
  }
  const axes = new Map(Object.entries(bench.options.rows ?? {}));
  for (const [name, array] of Object.entries(draft.arrays)) {
    const axis = axes.get(name) ?? (name in draft.ids ? name : undefined);
    if (axis === undefined) continue;
    const list = draft.ids[axis];
    assert.ok(list !== undefined, `array ${name} should have the rows of id list ${axis}, which is not there`);
    const whole = list.length === 0 ? array.length === 0 : array.length % list.length === 0 && array.length > 0;
    assert.ok(whole, `array ${name} holds ${array.length} numbers for ${list.length} ids of ${axis}`);
  }
}

async function meta(bench: Trainers): Promise<void> {
  const { meta: given, evaluation } = await fit(bench);
  assert.deepEqual(
    JSON.parse(JSON.stringify(given)),
    given,
    'meta does not survive JSON: only text, finite numbers, booleans, lists and objects',
  );
  if (evaluation !== undefined) {
    assert.ok(evaluation.metric.length > 0, 'its evaluation names no metric');
    assert.ok(
      Number.isFinite(evaluation.minimum),
      `its evaluation's minimum is ${evaluation.minimum}: nothing could pass`,
    );
  }
}

async function progress(bench: Trainers): Promise<void> {
  const run = bench.run();
  await fit(bench, run);
  let before = 0;
  for (const { done, total } of run.steps) {
    const share = done / total;
    assert.ok(done >= 0 && total > 0 && share <= 1, `reported ${done} of ${total}`);
    assert.ok(share >= before, `went back from ${before} to ${share} done: report progress once a step, in order`);
    before = share;
  }
}

/** Once over, a run either rejects or takes fewer steps than a whole one. */
async function deadline(bench: Trainers): Promise<void> {
  const whole = bench.run();
  await fit(bench, whole);
  const late = bench.run({ remainingMs: 0, signal: AbortSignal.abort() });
  let refused = false;
  await settles(async () => {
    refused = true;
    await fit(bench, late);
    refused = false;
  }, bench.settleMs);
  const stopped = refused || late.steps.length < whole.steps.length;
  assert.ok(
    stopped,
    `trained all ${whole.steps.length} steps after its deadline: check run.deadline.signal at each step and throw`,
  );
}

async function empty(bench: Trainers): Promise<void> {
  try {
    assertFinite(await bench.using((running) => running.fit(NO_TRAINING_DATA, bench.run())));
  } catch (error) {
    assert.ok(error instanceof Error, `threw ${String(error)}, which is no Error`);
    const crashed = error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError;
    assert.ok(!crashed, `crashed on an empty log: ${String(error)}; check data.size first`);
    assert.ok(error.message.trim().length > 0, 'refused an empty log without a message');
    if (error instanceof assert.AssertionError) throw error;
  }
}
