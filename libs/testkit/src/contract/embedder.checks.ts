import assert from 'node:assert/strict';
import type { EmbedderInput, VectorBlock } from '@attune/sdk';
import { fakeCall } from '../host/fake-call.js';
import { HOSTILE_TEXTS } from '../worlds/trap-worlds.js';
import type { Bench } from './bench.js';
import { CHECKS } from './check-names.js';
import { assertSame, type Check, type RunningOf } from './check.js';
import { embedderInputs } from './exercises.js';

const { embedder } = CHECKS;
type Embedders = Bench<'embedder'>;
/** Largest distance of a unit row's length from 1: float32 rounding over a few thousand dimensions stays far below. */
const UNIT_TOLERANCE = 1e-4;

export function embedderChecks(bench: Embedders): readonly Check[] {
  return [
    { name: embedder.space, run: () => space(bench) },
    { name: embedder.shape, run: () => shape(bench) },
    { name: embedder.finite, run: () => finite(bench) },
    { name: embedder.unit, run: () => unit(bench) },
    { name: embedder.alone, run: () => alone(bench) },
    { name: embedder.empty, run: () => empty(bench) },
    { name: embedder.hostile, run: () => hostile(bench) },
  ];
}

const embed = async (running: RunningOf<'embedder'>, inputs: readonly EmbedderInput[]): Promise<VectorBlock> =>
  running.embed(inputs, fakeCall());
const rowOf = ({ data, dims }: VectorBlock, row: number): Float32Array => data.slice(row * dims, (row + 1) * dims);

async function space(bench: Embedders): Promise<void> {
  const [first, second] = [
    await bench.using((running) => running.space),
    await bench.using((running) => running.space),
  ];
  assert.deepEqual(first, second, 'two instances of one configuration declare different spaces');
  assert.ok(first.id.length > 0, 'a space needs an id');
  assert.ok(Number.isInteger(first.dims) && first.dims > 0, `a space of ${first.dims} dimensions`);
  assert.ok(['cosine', 'dot', 'euclidean'].includes(first.metric), `${first.metric} is no metric`);
}

const shape = (bench: Embedders) =>
  bench.using(async (running) => {
    const inputs = embedderInputs(bench);
    const block = await embed(running, inputs);
    assert.equal(block.rows, inputs.length, `gave ${block.rows} rows for ${inputs.length} inputs`);
    assert.equal(block.dims, running.space.dims, `rows are ${block.dims} wide, the space ${running.space.dims}`);
    assert.equal(
      block.data.length,
      block.rows * block.dims,
      `data holds ${block.data.length} numbers, not ${block.rows} × ${block.dims}`,
    );
  });

const finite = (bench: Embedders) =>
  bench.using(async (running) => assertFinite(await embed(running, embedderInputs(bench))));

const unit = (bench: Embedders) =>
  bench.using(async (running) => {
    if (running.space.metric !== 'cosine') return;
    assertUnit(await embed(running, embedderInputs(bench)));
  });

const alone = (bench: Embedders) =>
  bench.using(async (running) => {
    const inputs = embedderInputs(bench);
    const together = await embed(running, [...inputs, inputs[0]!]);
    for (const [row, input] of inputs.entries()) {
      const single = await embed(running, [input]);
      assertSame(
        rowOf(together, row),
        rowOf(single, 0),
        `input ${row} has another vector in a batch than alone: mind padding`,
        bench.tolerance,
      );
    }
    assertSame(
      rowOf(together, inputs.length),
      rowOf(together, 0),
      'the same input twice in a batch has two vectors',
      bench.tolerance,
    );
  });

const empty = (bench: Embedders) =>
  bench.using(async (running) => {
    const block = await embed(running, []);
    assert.equal(block.rows, 0, `gave ${block.rows} rows for no inputs`);
    assert.equal(block.data.length, 0, 'gave numbers for no inputs');
  });

/** Texts are hostile, images are the options' business. */
const hostile = (bench: Embedders) =>
  bench.using(async (running) => {
    if (embedderInputs(bench).some(({ modality }) => modality !== 'text')) return;
    const texts = [
      '',
      ' \n\t',
      'x'.repeat(100_000),
      'word '.repeat(20_000),
      '\u0000\u0007\u001b[2J',
      '\ud800',
      ...HOSTILE_TEXTS,
    ];
    const block = await embed(
      running,
      texts.map((value) => ({ modality: 'text', role: 'document', value }) as const),
    );
    assert.equal(block.rows, texts.length, `gave ${block.rows} rows for ${texts.length} texts`);
    assertFinite(block);
    if (running.space.metric === 'cosine') assertUnit(block);
  });

function assertFinite({ data, dims }: VectorBlock): void {
  const at = data.findIndex((value) => !Number.isFinite(value));
  assert.ok(at < 0, `row ${Math.floor(at / dims)} holds ${data[at]}: the engine refuses it`);
}

function assertUnit(block: VectorBlock): void {
  for (let row = 0; row < block.rows; row++) {
    const length = Math.sqrt(rowOf(block, row).reduce((sum, value) => sum + value * value, 0));
    assert.ok(
      Math.abs(length - 1) <= UNIT_TOLERANCE,
      `row ${row} has length ${length}: a cosine space wants unit rows`,
    );
  }
}
