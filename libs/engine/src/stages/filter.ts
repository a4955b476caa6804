import { allOf, type Predicate } from '@attune/sdk';
import { runStep, type StageRun } from '../runtime/run-step.js';
import { after } from '../runtime/settle.js';
import type { Step } from '../runtime/step.js';
import type { RequestContext } from '../slate/request-context.js';
import { batchFor, type StageBatch } from './stage-batch.js';

/** What the filters, asked beforehand, want the indexes to leave out. One that throws still filters afterwards. */
export function pushDown(steps: readonly Step<'filter'>[], request: RequestContext): Predicate | undefined {
  return allOf(
    steps.map(({ running }) => {
      try {
        return running?.pushdown?.(request);
      } catch {
        return undefined;
      }
    }),
  );
}

export interface Filtered {
  /** `[size]`: 1 = may be shown. */
  readonly keep: Uint8Array;
  /** Index of the filter that removed the candidate `[size]`, −1 where none did. */
  readonly removedBy: Int8Array;
}

/**
 * The filters in turn. Where a vital one fails, nothing is kept. Each works on a copy of the mask, so that one that is late or breaks its contract changes nothing.
 */
export async function filter(steps: readonly Step<'filter'>[], batch: StageBatch, run: StageRun): Promise<Filtered> {
  const size = batch.candidates.size;
  const removedBy = new Int8Array(size).fill(-1);
  let keep = new Uint8Array(size).fill(1);
  for (const [index, step] of steps.entries()) {
    const before: Uint8Array = keep;
    const mask = Uint8Array.from(before);
    const left = await runStep<Uint8Array | undefined>(step, run, {
      run: (call) => after(step.running!.filter(batchFor(step, batch), mask, call), mask),
      broken: (answer) => (setsABit(before, answer!) ? 'put a removed candidate back' : undefined),
      neutral: () => undefined,
    });
    if (left === undefined && !step.plugin.traits.vital) continue;
    keep = left === undefined ? new Uint8Array(size) : Uint8Array.from(left);
    for (let c = 0; c < size; c++) if (before[c] === 1 && keep[c] === 0) removedBy[c] = index;
  }
  return { keep, removedBy };
}

function setsABit(before: Uint8Array, after: Uint8Array): boolean {
  for (let c = 0; c < before.length; c++) if (after[c]! > before[c]!) return true;
  return false;
}
