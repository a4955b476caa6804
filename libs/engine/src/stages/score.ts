import { runStep, type StageRun } from '../runtime/run-step.js';
import { after } from '../runtime/settle.js';
import type { Step } from '../runtime/step.js';
import { batchFor, type StageBatch } from './stage-batch.js';

/** All scorers: one column each, `[size]`, NaN = no opinion. A late scorer keeps its buffer; the column is a fresh one. */
export async function score(
  steps: readonly Step<'scorer'>[],
  batch: StageBatch,
  run: StageRun,
): Promise<ReadonlyMap<string, Float32Array>> {
  const size = batch.candidates.size;
  const columns = await Promise.all(
    steps.map((step) => {
      const out = new Float32Array(size).fill(NaN);
      return runStep<Float32Array>(step, run, {
        run: (call) => after(step.running!.score(batchFor(step, batch), out, call), out),
        broken: (column) => (column.includes(Infinity) || column.includes(-Infinity) ? 'an infinite score' : undefined),
        neutral: () => new Float32Array(size).fill(NaN),
      });
    }),
  );
  return new Map(steps.map((step, i) => [step.name, columns[i]!]));
}
