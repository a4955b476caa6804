import type { Watch } from '@attune/numeric';
import { type Feeds, type GraphRuntime, initialState, trainingStep, TrainingRun } from '@attune/training';
import { checkClicks, type ClickCases, type ClickData } from '../data/clicks.js';
import { type EpochReport, trainEpochs } from '../sequences/epoch.loop.js';
import { checkOptions } from '../sequences/option.checks.js';
import { type DeepFmShape, deepFmLoss, deepFmOdds } from './deepfm.graph.js';
import { drawBatches } from './field.batches.js';
import type { FactorizationModel } from './factorization.kernel.js';
import { entriesOf, type FieldLayout, layoutOf } from './field.layout.js';
import { probabilityOf } from './probability.kernel.js';

/** A factorization machine and a network over the same factors. */
export interface DeepFmModel {
  readonly layout: FieldLayout;
  readonly shape: DeepFmShape;
  /** All parameters, in the order of the graph. */
  readonly parameters: Float32Array;
}

export interface DeepFmOptions extends Watch {
  /** Passes over all cases, >= 1. Default 10. */
  readonly epochs?: number;
  /** Length of a factor, >= 1. Default 16. */
  readonly dims?: number;
  /** Widths of the hidden layers, each >= 1. Default 64 and 32. */
  readonly hidden?: readonly number[];
  /** Share of hidden units that dropout takes away, 0 to below 1. Default .3. */
  readonly dropout?: number;
  /** L2 penalty of the weights and factors that a case has, >= 0. Default .01. */
  readonly penalty?: number;
  /** Chance that a field of a case is learned as if it were unknown, 0 to below 1. Default .1. */
  readonly hide?: number;
  /** Cases a step, >= 1. Default 256. */
  readonly batch?: number;
  /** Highest learning rate of Adam, >= 0. Default .002. */
  readonly rate?: number;
  /** A machine that was fitted to the same data, to begin with; `dims` must then be its, or left out. Default: chance. */
  readonly start?: FactorizationModel;
  /** Uniform in [0, 1): start, order and dropout. The same numbers give the same model. */
  readonly random: () => number;
  /** After each epoch, so that the caller can keep the best; false ends the training. */
  readonly onEpoch?: (report: EpochReport<DeepFmModel>) => Promise<boolean>;
}

/** Steps in which the rate rises. */
const WARMUP = 50;
const CLIP = 5;

/**
 * DeepFM (Guo, Tang, Ye, Li and He 2017): a factorization machine beside a network that is given the factors of all
 * fields. Where a field has several categories the network is given their sum.
 * @param runtime runs the steps; each blocks the thread for milliseconds, so train in a worker thread
 * Rejects with RangeError for bad data or options, StoppedError, DivergedError. Progress is in thousandths of an epoch.
 */
export async function fitDeepFm(data: ClickData, options: DeepFmOptions, runtime: GraphRuntime): Promise<DeepFmModel> {
  const { epochs = 10, batch = 256, rate = 0.002, hide = 0.1, random, start, onEpoch } = options;
  const { dims = start?.dims ?? 16, hidden = [64, 32], dropout = 0.3, penalty = 0.01 } = options;
  const widths = Object.fromEntries(hidden.map((width, at) => [`hidden[${at}]`, width]));
  checkOptions({ whole: { epochs, batch, dims, ...widths }, from0: { rate, penalty }, shares: { hide, dropout } });
  checkClicks(data);
  const layout = layoutOf(data);
  const shape = { rows: layout.rows, slots: layout.fields.map(({ slots }) => slots), dims, hidden };
  const loss = deepFmLoss(shape, { dropout, penalty, seed: Math.floor(random() * 2 ** 31) });
  const parameters = loss.graph.start(random);
  if (start !== undefined) beginWith(parameters, start, shape);
  const run = await TrainingRun.open(runtime, trainingStep(loss, { clip: CLIP }), initialState(parameters));
  const lessons = { entries: entriesOf(layout, data), labels: data.labels, layout };
  const draw = (): readonly (() => Feeds)[] => drawBatches(lessons, { batch, hide, random });
  const snapshot = (): DeepFmModel => ({ layout, shape, parameters: run.parameters.slice() });
  const afterEpoch = async (epoch: number, mean: number): Promise<boolean> =>
    onEpoch === undefined || onEpoch({ epoch, loss: mean, snapshot });
  try {
    await trainEpochs(run, { ...options, epochs, rate, warmup: WARMUP }, draw, afterEpoch);
    return snapshot();
  } finally {
    await run.close();
  }
}

/** The bias, weights and factors of a machine are the first parameters of the graph. */
function beginWith(
  parameters: Float32Array,
  { bias, weights, factors, dims }: FactorizationModel,
  shape: DeepFmShape,
): void {
  const { rows } = shape;
  if (weights.length !== rows) throw new RangeError(`a start of ${weights.length} features for data of ${rows}`);
  if (dims !== shape.dims) throw new RangeError(`a start with factors of ${dims} for a model of ${shape.dims}`);
  parameters[0] = bias;
  parameters.set(weights, 1);
  parameters.set(factors, 1 + rows);
}

/** Cases a run. */
const AT_ONCE = 1024;

/** A model that is ready to be asked. */
export interface DeepFmScorer {
  /** How likely each case is a yes [count], above 0 and below 1. Rejects with RangeError for fields of another kind. */
  probabilities(cases: ClickCases): Promise<Float32Array>;
  close(): Promise<void>;
}

/** Opens a model of `fitDeepFm`. */
export async function openDeepFm(
  { layout, shape, parameters }: DeepFmModel,
  runtime: GraphRuntime,
): Promise<DeepFmScorer> {
  const session = await runtime.open(deepFmOdds(shape));
  const { width } = layout;
  return {
    probabilities: async (cases) => {
      const { rows, values } = entriesOf(layout, cases);
      const all = new Float32Array(cases.count);
      for (let from = 0; from < cases.count; from += AT_ONCE) {
        const [begin, end] = [from * width, Math.min(cases.count, from + AT_ONCE) * width];
        const feeds = { parameters, rows: rows.subarray(begin, end), values: values.subarray(begin, end) };
        const { odds } = await session.run(feeds);
        all.set(odds!.map(probabilityOf), from);
      }
      return all;
    },
    close: () => session.close(),
  };
}
