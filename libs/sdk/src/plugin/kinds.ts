import type { Batch, ExplainedSlate, Slate, VectorBlock } from '../blocks/candidates.js';
import type { Call, Deadline } from '../blocks/call.js';
import type { Explanation } from '../blocks/explanation.js';
import type { View } from '../blocks/request-view.js';
import type { Artifact } from '../ports/artifacts.port.js';
import type { GraphPort } from '../ports/graphs.port.js';
import type { Predicate } from '../predicate/predicate.schema.js';
import type { ArtifactDraft, TrainingData } from './training.js';

/** What any running plugin may have besides its one method. */
export interface Running {
  /** Called once before the first request and after each reload. */
  warmup?(call: Call): void | Promise<void>;
  /** May be called twice; the second call does nothing. */
  dispose?(): void | Promise<void>;
}

/** Where an embedder's vectors live. Vectors of different spaces are never compared. */
export interface Space {
  readonly id: string;
  readonly dims: number;
  readonly metric: 'cosine' | 'dot' | 'euclidean';
}
export interface EmbedderInput {
  readonly modality: 'text' | 'image';
  readonly role: 'query' | 'document';
  readonly value: string;
}
/** Proposals of one retriever for one request, best first; ids are distinct. */
export interface Retrieved {
  readonly ids: readonly string[];
  readonly scores: Float32Array;
}
export const NOTHING_RETRIEVED: Retrieved = { ids: [], scores: new Float32Array(0) };

/** A ranker's columns: one float a candidate, NaN = abstained. A scorer hides the retriever of the same name. */
export type Columns = ReadonlyMap<string, Float32Array>;
/** What a ranker writes. The engine refuses NaN and sums that do not hold. */
export interface RankedColumns {
  /** `[size]` */
  readonly scores: Float64Array;
  /** Named contributions, each `[size]`: added in this order they give `scores`, candidate by candidate. */
  readonly contributions: ReadonlyMap<string, Float64Array>;
}
/** What each kind of plugin does, once set up. */
export interface Behaviors<N extends string, V extends string> {
  /** Inputs → rows × dims of `space`. Unit rows under cosine; NaN is refused. */
  embedder: Running & {
    readonly space: Space;
    embed(inputs: readonly EmbedderInput[], call: Call): VectorBlock | Promise<VectorBlock>;
  };
  /** Proposes up to `limit` items for each request. */
  retriever: Running & {
    retrieve(
      requests: readonly View<N>[],
      limit: number,
      call: Call,
    ): readonly Retrieved[] | Promise<readonly Retrieved[]>;
  };
  /** Clears bits of `keep` `[size]`; may never set one. `pushdown` lets indexes filter before they search. */
  filter: Running & {
    pushdown?(request: View<N>): Predicate | undefined;
    filter(batch: Batch<N, V>, keep: Uint8Array, call: Call): void | Promise<void>;
  };
  /** Writes one number a candidate into `out` `[size]`, which arrives full of NaN: leaving NaN is abstaining. */
  scorer: Running & { score(batch: Batch<N, V>, out: Float32Array, call: Call): void | Promise<void> };
  /** Fuses columns to contributions that sum to a score. */
  ranker: Running & {
    /** Columns the configuration names; the boot proof checks that the pipeline fills them. */
    readonly reads?: readonly string[];
    rank(batch: Batch<N, V>, columns: Columns, call: Call): RankedColumns | Promise<RankedColumns>;
  };
  /** Orders a slate: returns a permutation of `0..size-1`. The cut to `limit` comes afterwards. */
  reranker: Running & {
    /** How many candidates it wants to see; default 4 × limit. */
    readonly depth?: number;
    rerank(slate: Slate<N, V>, call: Call): Uint32Array | Promise<Uint32Array>;
  };
  /**
   * One explanation a candidate, or undefined for none. Evidence must be items the user touched or the request named. One that
   * phrases (`traits.phrases`) answers what it is given with a `text`, or undefined where the text that is there stays.
   */
  explainer: Running & {
    explain(
      slate: ExplainedSlate<N, V>,
      call: Call,
    ): readonly (Explanation | undefined)[] | Promise<readonly (Explanation | undefined)[]>;
  };
  /** Event log → artifact, off the request path, in a worker thread. */
  trainer: Running & {
    fit(data: TrainingData, run: TrainingRun): ArtifactDraft | Promise<ArtifactDraft>;
    /**
     * For models whose space is made of another's (the first of `itemVectors`, with `index: true` in the configuration): where
     * items with these vectors lie `[rows × dims]`, among them items that the model never saw. Called off the request path.
     */
    place?(model: Artifact, vectors: VectorBlock): Float32Array;
  };
}
/** A training run's time, voice and means. */
export interface TrainingRun {
  readonly deadline: Deadline;
  progress(done: number, total: number): void;
  /** Seeded by the job's id. */
  random(): number;
  /** Runs the graphs of neural models. Rejects once the training is to end: let it through. */
  readonly graphs: GraphPort;
}
export type Kind = keyof Behaviors<never, never>;
/** In pipeline order. */
export const KINDS = [
  'embedder',
  'retriever',
  'filter',
  'scorer',
  'ranker',
  'reranker',
  'explainer',
  'trainer',
] as const satisfies readonly Kind[];
