import type { ClickCases, ClickData } from '@attune/algorithms';
import type { Watch } from '@attune/numeric';
import type { GraphRuntime } from '@attune/training';
import type { Grid, Options } from '../search/options.js';

/** A model that says how likely cases are a yes. */
export interface ClickModel {
  /** 0..1, one a case. */
  probabilities(cases: ClickCases): Promise<Float32Array>;
  /** Options with which learning again makes its like, where they are not those given (epochs, found on the way). */
  readonly learned?: Options;
}

/** Cases that were held out, to end learning in time. */
export interface HeldCases {
  readonly cases: ClickCases;
  /** The figure of probabilities of those cases: higher is better. */
  readonly judge: (probabilities: Float32Array) => number;
}

/** What a learner is handed to learn with. */
export interface ClickContext {
  /** Uniform in [0, 1), from the run's seed. */
  readonly random: () => number;
  readonly watch: Watch;
  readonly runtime: GraphRuntime;
  /** Undefined where nothing is held out: epochs are then those of the options. */
  readonly held: HeldCases | undefined;
}

/** A way to make a model that predicts clicks: one file each, listed in `click.learners.ts`. */
export interface ClickLearner {
  readonly name: string;
  /** One line: what it is. */
  readonly summary: string;
  readonly grid: Grid;
  /** Its part of the time beside the others'. Default 1. */
  readonly timeWeight?: number;
  fit(data: ClickData, options: Options, context: ClickContext): Promise<ClickModel>;
}
