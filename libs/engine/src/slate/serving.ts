import type { Retrieved, SlateAnswer, TenantStores } from '@attune/sdk';
import type { Clock } from '../runtime/clock.js';
import type { Filtered } from '../stages/filter.js';
import type { CandidatePool } from './candidate-pool.js';

/** The last list the fallback gave: what is served from memory when it fails too. */
export interface FallbackMemory {
  last: Retrieved | undefined;
}

/** What serving needs besides the pipeline. */
export interface ServeContext {
  readonly tenant: string;
  readonly stores: TenantStores;
  readonly clock: Clock;
  readonly shed: ReadonlySet<string>;
  readonly memory: FallbackMemory;
}

/** A slate and how many candidates passed every filter. */
export interface ServedSlate {
  readonly slate: SlateAnswer;
  readonly total: number;
}

/** The pool after retrieval and filters, with what the filters removed. */
export interface FilteredPool {
  readonly proposed: CandidatePool;
  readonly filtered: Filtered;
  readonly pool: CandidatePool;
}
