import type { Columns, RankedColumns } from '@attune/sdk';
import type { Pipeline } from '../pipeline/pipeline.js';
import type { StageRun } from '../runtime/run-step.js';
import type { Reranked } from '../stages/rerank.js';
import type { SlateJournal } from './journal.js';
import type { RequestContext } from './request-context.js';
import type { FilteredPool, ServeContext } from './serving.js';

/** Everything known of one request once its candidates are ranked. */
export interface AssembleInput {
  readonly pipeline: Pipeline;
  readonly request: RequestContext;
  /** Place of the request in its batch. */
  readonly r: number;
  readonly passed: FilteredPool;
  readonly columns: Columns;
  readonly ranked: RankedColumns;
  readonly run: StageRun;
  readonly journal: SlateJournal;
  readonly context: ServeContext;
  readonly startedAt: number;
  /** Who proposes, aligned with the pool's columns. */
  readonly proposers: readonly string[];
}

/** One request's head: its candidates in score order, where each was moved, and which of them are shown. */
export interface Head {
  /** Candidates of the surviving pool, best score first. */
  readonly order: readonly number[];
  readonly reranked: Reranked;
  /** All of `order`, the re-ranked head first. */
  readonly final: readonly number[];
  /** Candidates shown, in slate order. */
  readonly shown: readonly number[];
}

/** The named parts of a score, those that are zero left out: added in order they give the score. */
export function contributionsOf({ contributions }: RankedColumns, candidate: number): Record<string, number> {
  const parts: Record<string, number> = {};
  for (const [name, column] of contributions) if (column[candidate] !== 0) parts[name] = column[candidate]!;
  return parts;
}
