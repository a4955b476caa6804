import type { ItemHistory, PurchaseLog, Sequences, Shopper } from '@attune/algorithms';
import type { Watch } from '@attune/numeric';
import type { GraphRuntime } from '@attune/training';
import type { Options, Grid } from '../search/options.js';

/** A history as told to a model. */
export interface ToldHistory extends ItemHistory {
  /** Who asks and when, where the protocol knows moments. */
  readonly shopper?: Shopper;
}

/** A model that has learned, and says how much somebody with a history is interested in every item. */
export interface Recommender {
  /** One array `[items]` for each history, higher is better; NaN is no opinion and is never shown. */
  interests(histories: readonly ToldHistory[]): Promise<readonly Float32Array[]>;
  /** Options with which learning again makes its like, where they are not those given (epochs, found on the way). */
  readonly learned?: Options;
}

/** What a learner is handed to learn with. */
export interface FitContext {
  /** Uniform in [0, 1), from the run's seed. */
  readonly random: () => number;
  readonly watch: Watch;
  readonly runtime: GraphRuntime;
  /** That learning may take, where the learner can be shared by several. */
  readonly threads: number;
  /** Seconds that learning may take, where the learner can learn less or more. */
  readonly seconds: number;
  /** The figure to be best at, of a model on its way; undefined where nothing is held out to judge it by. */
  readonly judge: ((model: Recommender) => Promise<number>) | undefined;
  /** What was bought when, by everybody: learners that need moments have it. */
  readonly purchases: PurchaseLog | undefined;
  /** Whether what somebody has is ranked, too. */
  readonly repeats: boolean;
}

/** What there is to learn from. */
export interface LogSize {
  readonly users: number;
  readonly items: number;
  readonly interactions: number;
  /** Whether sequences are in order. */
  readonly ordered: boolean;
}

/** A way to make a model, as evaluation runs it: one file each, listed in `recommender.learners.ts`. */
export interface RecommenderLearner {
  readonly name: string;
  /** One line: what it is. */
  readonly summary: string;
  /** Its parameters, given what there is to learn from. */
  grid(size: LogSize): Grid;
  /** Whether what was done lately may count more, by weights and by leaving out what is older. */
  readonly takesWeights: boolean;
  /** Whether order is what it learns from: it has no place in a protocol without. Default false. */
  readonly needsOrder?: boolean;
  /** Whether moments are what it learns from: it has no place in a protocol without. Default false. */
  readonly needsTimes?: boolean;
  /** Its part of the time beside the others'. Default 1. */
  readonly timeWeight?: number;
  fit(log: Sequences, options: Options, context: FitContext): Promise<Recommender>;
}
