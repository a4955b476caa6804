import type { Item } from '../data/item.schema.js';
import type { GivenReason } from './explanation.js';
import type { View } from './request-view.js';
import type { Vocabulary } from './vocabulary.js';

/** Row-major matrix; row `i` is `data.subarray(i * dims, (i + 1) * dims)`. A row of NaN is an item without a vector. */
export interface VectorBlock {
  readonly rows: number;
  readonly dims: number;
  readonly data: Float32Array;
  /** How rows of the space are compared; undefined = by cosine, and rows have length 1. */
  readonly metric?: 'cosine' | 'dot' | 'euclidean' | undefined;
}

/** What the engine gathers once a batch for the plugins that declared the need, aligned with `ids`. */
export interface CandidateSignals {
  /** The catalogue's documents `[size]`. */
  readonly items: readonly Item[];
  readonly titles: readonly string[];
}
export type CandidateNeed = keyof CandidateSignals;

export interface CandidateCore {
  readonly size: number;
  readonly ids: readonly string[];
  /** Bit `i` is set where the pipeline's `i`-th retriever proposed the candidate `[size]`. */
  readonly sources: Uint32Array;
  /** Row of each candidate in a model's vocabulary `[size]`, −1 = cold; looked up once a batch and shared. */
  rows(vocabulary: Vocabulary): Int32Array;
}

/** The candidates of a batch: the core, the declared signals, and one vector block a declared space. */
export type Candidates<N extends string = never, V extends string = never> = CandidateCore &
  Pick<CandidateSignals, N & CandidateNeed> & { readonly itemVectors: { readonly [S in V]: VectorBlock } };

/** Many requests at once: request `r` owns candidates `offsets[r] .. offsets[r + 1]`. */
export interface Batch<N extends string = never, V extends string = never> {
  readonly requests: readonly View<N>[];
  /** `[requests + 1]`, ascending, from 0. */
  readonly offsets: Uint32Array;
  readonly candidates: Candidates<N, V>;
}

/** An ordered list about to be shown to one request. */
export interface Slate<N extends string = never, V extends string = never> {
  readonly request: View<N>;
  readonly candidates: Candidates<N, V>;
  /** The ranker's score of each candidate `[size]`, descending. */
  readonly scores: Float64Array;
}

/** A slate as it is shown, in its final order: what explainers read. */
export interface ExplainedSlate<N extends string = never, V extends string = never> extends Slate<N, V> {
  /** The parts of the scores by name, `[size]` each, in the order in which they add up: the ledger. */
  readonly contributions: ReadonlyMap<string, Float64Array>;
  /** The reasons so far `[size]`, for explainers that phrase (`traits.phrases`); empty for others. */
  readonly given: readonly (GivenReason | undefined)[];
  /** Language of reasons, BCP 47; `en` where the request names none. */
  readonly language: string;
}

/** One candidate as a scalar plugin sees it. */
export type Candidate<N extends string = never, V extends string = never> = { readonly id: string } & ('items' extends N
  ? { readonly item: Item }
  : unknown) &
  ('titles' extends N ? { readonly title: string } : unknown) & {
    readonly vectors: { readonly [S in V]: Float32Array };
  };
