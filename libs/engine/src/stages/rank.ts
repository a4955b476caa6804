import type { Columns, RankedColumns } from '@attune/sdk';
import { runStep, type StageRun } from '../runtime/run-step.js';
import type { Step } from '../runtime/step.js';
import type { CandidatePool } from '../slate/candidate-pool.js';
import { batchFor, type StageBatch } from './stage-batch.js';

const RECIPROCAL_RANK_K = 60;
/** Sums are checked to this share of their size: a ranker may add in another order, it may not invent. */
const TOLERANCE = 1e-9;

export interface RankInput {
  readonly batch: StageBatch;
  readonly columns: Columns;
  readonly pool: CandidatePool;
  /** Names of the retrievers, aligned with the pool's columns. */
  readonly retrievers: readonly string[];
}

/** The ranker's scores and contributions; without it, reciprocal rank of the proposals. */
export async function rank(step: Step<'ranker'>, input: RankInput, run: StageRun): Promise<RankedColumns> {
  const ranked = await runStep<RankedColumns>(step, run, {
    run: (call) => step.running!.rank(batchFor(step, input.batch), input.columns, call),
    broken: (answer) => brokenBy(answer, input.batch.candidates.size),
    neutral: () => reciprocalRank(input),
  });
  return ledger(ranked);
}

/**
 * Score = the contributions added in their order, to the last bit, so that a reader who adds them gets the same number.
 * Columns are copied: a ranker may use its own again while this slate is still being accounted for.
 */
function ledger({ scores: { length }, contributions }: RankedColumns): RankedColumns {
  const scores = new Float64Array(length);
  const copies = new Map<string, Float64Array>();
  for (const [name, column] of contributions) {
    const copy = Float64Array.from(column);
    copies.set(name, copy);
    for (let c = 0; c < length; c++) scores[c] = scores[c]! + copy[c]!;
  }
  return { scores, contributions: copies };
}

function brokenBy({ scores, contributions }: RankedColumns, size: number): string | undefined {
  if (scores.length !== size) return `${scores.length} scores for ${size} candidates`;
  const sums = new Float64Array(size);
  for (const [name, column] of contributions) {
    // An object lists such members first, or not at all: their order would not be the order of the sum.
    if (!/^[a-z]/i.test(name)) return `column '${name}', whose name does not begin with a letter`;
    if (column.length !== size) return `column ${name} has ${column.length} rows for ${size} candidates`;
    for (let c = 0; c < size; c++) sums[c] = sums[c]! + column[c]!;
  }
  if (contributions.size === 0 && size > 0) return 'no contributions';
  for (let c = 0; c < size; c++) {
    if (!Number.isFinite(scores[c])) return 'a score that is not a finite number';
    if (!(Math.abs(scores[c]! - sums[c]!) <= TOLERANCE * Math.max(1, Math.abs(scores[c]!))))
      return 'contributions that do not sum to the score';
  }
  return undefined;
}

/** Reciprocal rank fusion (Cormack et al. 2009) of the retrievers' own orders. */
function reciprocalRank({ pool, retrievers }: RankInput): RankedColumns {
  const contributions = new Map<string, Float64Array>();
  pool.positions.forEach((positions, i) => {
    contributions.set(
      retrievers[i]!,
      Float64Array.from(positions, (position) => (position < 0 ? 0 : 1 / (RECIPROCAL_RANK_K + position + 1))),
    );
  });
  return { scores: new Float64Array(pool.ids.length), contributions };
}
