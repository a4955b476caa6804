import type { Watch } from '@attune/numeric';
import { type Feeds, type GraphRuntime, initialState, trainingStep, TrainingRun } from '@attune/training';
import type { Sequences } from '../data/sequences.js';
import { type EpochReport, trainEpochs } from './epoch.loop.js';
import { checkOptions } from './option.checks.js';
import { sequenceLoss } from './sequence.graph.js';
import type { SequenceLayout } from './sequence.layout.js';
import { chunksOf, drawWindows, usersWithSteps } from './sequence-windows.js';
import { checkShape, type TransformerShape } from './transformer.graph.js';

/** A transformer over sequences of items: what scoring takes. */
export interface SequenceModel {
  /** All parameters, in the order of the graph. */
  readonly parameters: Float32Array;
  readonly shape: TransformerShape;
}

export interface SequenceTrainingOptions extends Watch {
  /** Uniform in [0, 1): start, windows and dropout. The same numbers give the same model. */
  readonly random: () => number;
  /** Passes over all sequences, >= 1. Default 25. */
  readonly epochs?: number;
  /** Positions, >= 2: the latest items that the next one is told from. Default 100. */
  readonly window?: number;
  /** Length of an item's vector, >= 1, a multiple of `heads`. Default 64. */
  readonly dims?: number;
  /** Layers of attention, >= 1. Default 2. */
  readonly blocks?: number;
  /** Default 2. */
  readonly heads?: number;
  /** Width of the feed-forward layers in dims, >= 1. Default 1. */
  readonly feedForward?: number;
  /** 0 to below 1. Default 0.2; sparse data want more. */
  readonly dropout?: number;
  /** Windows a step, >= 1. Default 32: small steps make the quality. */
  readonly batch?: number;
  /** Highest learning rate of Adam, >= 0. Default 0.002. */
  readonly rate?: number;
  /** Steps in which the rate rises, >= 0. Default 200. */
  readonly warmup?: number;
  /** Longest gradient, > 0. Default 5. */
  readonly clip?: number;
  /** Items up to which the softmax of a step is over all of them, >= 0. Default 20,000. */
  readonly fullSoftmaxItems?: number;
  /** Beyond that: random items that stand for the others in a step, >= 1. Default 1,024. */
  readonly negatives?: number;
  /** After each epoch, so that the caller can keep the best; false ends the training. */
  readonly onEpoch?: (report: EpochReport<SequenceModel>) => Promise<boolean>;
}

/**
 * Trains a transformer over sequences, by cross entropy with a softmax over all items (Klenitskiy and Vasilev 2023), or
 * over a sample where they are many.
 * @param sequences at least one user with two items
 * @param runtime runs the steps; each blocks the thread for tens of milliseconds and more, so train in a worker thread
 * Rejects with RangeError for bad options or data, StoppedError, DivergedError. Progress is in thousandths of an epoch.
 */
export async function trainSequenceModel(
  layout: SequenceLayout,
  sequences: Sequences,
  options: SequenceTrainingOptions,
  runtime: GraphRuntime,
): Promise<SequenceModel> {
  const { random, epochs = 25, batch = 32, rate = 0.002, warmup = 200, onEpoch } = options;
  const { dropout = 0.2, clip = 5, negatives = 1024, fullSoftmaxItems = 20_000 } = options;
  const shape = shapeOf(layout, sequences, options);
  checkOptions({ whole: { epochs, batch, negatives }, from0: { rate, warmup, fullSoftmaxItems } });
  checkSequences(sequences);
  const sampled = sequences.itemCount > fullSoftmaxItems ? negatives : 0;
  const seed = Math.floor(random() * 2 ** 31);
  const loss = sequenceLoss(shape, layout.lessonMask(shape.positions), { dropout, negatives: sampled, seed });
  const start = initialState(loss.graph.start(random));
  const run = await TrainingRun.open(runtime, trainingStep(loss, { clip }), start);
  const feedsOf = batchFeeds(layout, sequences, { window: shape.positions, sampled, random });
  const drawBatches = (): (() => Feeds)[] =>
    chunksOf(drawWindows(sequences, layout.steps(shape.positions), random), batch).map(
      (windows) => () => feedsOf(windows.map(({ from, to }) => sequences.items.subarray(from, to))),
    );
  const snapshot = (): SequenceModel => ({ parameters: run.parameters.slice(), shape });
  const afterEpoch = async (epoch: number, mean: number): Promise<boolean> =>
    onEpoch === undefined || onEpoch({ epoch, loss: mean, snapshot });
  try {
    await trainEpochs(run, { ...options, epochs, rate, warmup }, drawBatches, afterEpoch);
    return snapshot();
  } finally {
    await run.close();
  }
}

/** From windows to all inputs of a step. */
function batchFeeds(
  layout: SequenceLayout,
  { itemCount }: Sequences,
  { window, sampled, random }: { readonly window: number; readonly sampled: number; readonly random: () => number },
): (windows: readonly Int32Array[]) => Feeds {
  return (windows) => {
    const { feeds, rows, targets } = layout.lesson(windows, { itemCount, window }, random);
    const all = { ...feeds, rows, targets, weight: Float32Array.of(1 / rows.length) };
    if (sampled === 0) return all;
    return { ...all, negatives: Int32Array.from({ length: sampled }, () => Math.floor(random() * itemCount)) };
  };
}

function shapeOf(layout: SequenceLayout, { itemCount }: Sequences, options: SequenceTrainingOptions): TransformerShape {
  const { window = 100, dims = 64, heads = 2, blocks = 2, feedForward = 1 } = options;
  if (itemCount === 0) throw new RangeError('there are no items');
  const shape = { rows: itemCount + layout.tokens, positions: window, dims, heads, blocks, feedForward };
  checkShape(shape);
  if (layout.steps(window) < 1) throw new RangeError(`a window of ${window} has no place for an item and its next`);
  return shape;
}

function checkSequences(sequences: Sequences): void {
  if (usersWithSteps(sequences) === 0) throw new RangeError('nobody has two items: there is nothing to learn from');
  const { items, itemCount } = sequences;
  const stranger = items.find((row) => !(row >= 0 && row < itemCount));
  if (stranger !== undefined) throw new RangeError(`item ${stranger} is not below ${itemCount}`);
}
