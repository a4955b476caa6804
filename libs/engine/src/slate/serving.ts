import type { Clock, Retrieved, SearchIndex, SlateAnswer, SlateItem, TenantStores, Trace } from '@attune/sdk';
import type { Filtered } from '../stages/filter.js';
import type { CandidatePool } from './candidate-pool.js';

/** The last list the fallback gave: what is served from memory when it fails too. */
export interface FallbackMemory {
  last: Retrieved | undefined;
  /** Whether it is being asked though nobody needs it, so that there is one. */
  isAsking?: boolean;
}

/** One stage as it went: its time, the candidates left, and the time of each plugin. */
export type TimedStage = Trace['stages'][number];

/** Told of what happens while slates are made: for metrics and traces. Never throws, never waits. */
export interface SlateObserver {
  /** One stage of one batch is over, with the calls of plugins it made. */
  stage(surface: string, timed: TimedStage): void;
  /** Something was left out of a slate. */
  degraded(surface: string, plugin: string, code: string): void;
}

/** What of a tenant's stores slates are made of. */
export interface ServedStores extends Pick<TenantStores, 'events' | 'users'> {
  readonly items: Pick<SearchIndex, 'get' | 'gather' | 'held' | 'allowed'>;
}

/** What serving needs besides the pipeline. */
export interface ServeContext {
  readonly tenant: string;
  readonly stores: ServedStores;
  readonly clock: Clock;
  readonly shed: ReadonlySet<string>;
  readonly memory: FallbackMemory;
  readonly observer?: SlateObserver | undefined;
}

/** Everything that passed the filters, in the slate's order: the items shown come first. */
export interface PassedCandidates {
  readonly ids: readonly string[];
  readonly scores: readonly number[];
}

/** Everything that passed the filters, for a batch of requests: those of request r are `offsets[r]` to `offsets[r + 1] - 1`. */
export interface RankedCandidates {
  readonly offsets: Uint32Array;
  readonly ids: readonly string[];
  /** By the names of retrievers and scorers, in the order of the pipeline: [candidates]; NaN: abstained. */
  readonly columns: ReadonlyMap<string, Float32Array>;
  /** The ranker's: [candidates]. */
  readonly scores: Float64Array;
}

/** A slate, and what came behind it. */
export interface ServedSlate {
  readonly slate: SlateAnswer;
  /** How many candidates passed every filter. */
  readonly total: number;
  /** Whether the fallback added some of them. */
  readonly filled: boolean;
  readonly passed: () => PassedCandidates;
  /**
   * Places `from..to` (from 0) of the same order, as the slate would show them; for requests with `paging`. `order`: places
   * of it in another order, of which `from..to` are shown.
   */
  readonly page: (from: number, to: number, order?: readonly number[]) => Promise<readonly SlateItem[]>;
}

/** The pool after retrieval and filters, with what the filters removed. */
export interface FilteredPool {
  readonly proposed: CandidatePool;
  readonly filtered: Filtered;
  readonly pool: CandidatePool;
  /** Requests for which the fallback added something; undefined: none. */
  readonly filled?: ReadonlySet<number>;
}
