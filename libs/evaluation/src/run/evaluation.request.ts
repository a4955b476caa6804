import type { GraphRuntime } from '@attune/training';
import type { OnProgress } from './progress.js';
import type { Options } from '../search/options.js';
import type { Estimate } from '../metrics/bootstrap.js';
import type { BasketPart } from '../ranking/next-basket.protocol.js';
import type { SlateFigures } from '../ranking/slate-figures.js';
import type { TextModelFolder, TextModels } from '../retrieval/text-models.js';

/** Protocols that models can be evaluated by. */
export const PROTOCOLS = ['rating', 'strong', 'next-item', 'next-basket', 'search', 'clicks'] as const;
export type ProtocolName = (typeof PROTOCOLS)[number];

/** What an evaluation is asked to do. */
export interface EvaluationRequest {
  readonly protocol: ProtocolName;
  /** Paths of files. */
  readonly inputs: readonly string[];
  /** Names of learners; empty: all of the protocol. */
  readonly models: readonly string[];
  readonly budgetMinutes: number;
  readonly seed: number;
  /**
   * Threads that a model may learn by, 1..64, where its algorithm can: iALS, with the same figures by any number, and
   * transformers and deepfm, with those of other roundings. Default 1.
   */
  readonly threads?: number;
  /** Of next-basket: what of the basket is wanted. Default whole. */
  readonly basket?: BasketPart;
  /** File that predictions are written to. */
  readonly predictions?: string;
  /** File in which trials are kept, so that a search goes on where it was stopped. */
  readonly trials?: string;
  /** Models that make vectors of texts, for `search`: the first is for languages that no other is for. */
  readonly textModels?: readonly TextModelFolder[];
  /** Folder of a cross-encoder, for `search`. */
  readonly pairModel?: string;
}

export type Intervals = Readonly<Record<string, readonly [low: number, high: number]>>;

/** Figures of some of the test cases. */
export interface EvaluatedSlice {
  readonly name: string;
  readonly users: number;
  readonly test: Readonly<Record<string, number>>;
  readonly intervals: Intervals;
}

/** Means of a model's figures, with what they were reached by. */
export interface EvaluatedModel {
  readonly name: string;
  readonly options: Options;
  readonly asking: Options;
  /** Options that were judged on validation, and how many of them on all of the data: the others on a share of it only. */
  readonly tried: number;
  readonly inFull: number;
  readonly validation: Readonly<Record<string, number>>;
  readonly test: Readonly<Record<string, number>>;
  /** 95 % bootstrap intervals over cases. */
  readonly intervals: { readonly validation: Intervals; readonly test: Intervals };
  /** Some of the test cases, told apart. */
  readonly slices: readonly EvaluatedSlice[];
  /** What slates of ten are like, beside how often they hit; null where nothing is ranked. */
  readonly slates: SlateFigures | null;
  readonly fitSeconds: number;
  readonly cpuSeconds: number;
}

/** Against the model that was chosen, on the same test cases. */
export interface Comparison {
  readonly model: string;
  readonly metric: string;
  /** Of the chosen model minus this one. */
  readonly difference: Estimate;
  /** Of a paired test (randomization; of AUC a bootstrap), corrected for how many models there are. */
  readonly p: number;
}

export interface EvaluationResult {
  readonly protocol: ProtocolName;
  /** The model that was best on validation. */
  readonly chosen: string;
  readonly chosenBy: string;
  /** Of search: `users` are queries, and `interactions` judgements. */
  readonly data: {
    readonly users: number;
    readonly items: number;
    readonly interactions: number;
    readonly cases: number;
  };
  readonly models: readonly EvaluatedModel[];
  readonly comparisons: readonly Comparison[];
  readonly notes: readonly string[];
  readonly seed: number;
}

/** What an evaluation needs of its process. */
export interface EvaluationContext {
  readonly runtime: GraphRuntime;
  readonly onProgress: OnProgress;
  /** Told a line of what became of a piece of work. Default: nobody is. */
  readonly onNote?: (line: string) => void;
  /** Milliseconds since some moment, by which a search of options ends in time. Default: `performance.now`. */
  readonly clock?: () => number;
  /** Without it, searches that need a model of texts are left out. */
  readonly textModels?: TextModels;
}
