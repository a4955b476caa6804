import type { Watch } from '@attune/numeric';
import { type Feeds, type GraphRuntime, initialState, trainingStep, TrainingRun } from '@attune/training';
import type { Sequences } from '../data/sequences.js';
import { type EpochReport, trainEpochs } from '../sequences/epoch.loop.js';
import { checkOptions } from '../sequences/option.checks.js';
import { chunksOf } from '../sequences/sequence-windows.js';
import { shuffled } from '../sequences/shuffled.js';
import { adapterLoss, mapsOf } from './adapter.graph.js';
import { type AdapterLesson, lessonsOf, stepFeeds } from './adapter.lessons.js';
import { startTextAdapter, type TextAdapterModel, type TextAdapterStart } from './adapter.model.js';
import type { TextVectors } from './text.vectors.js';
import { whitened } from './text.whitening.js';

export interface TextAdapterOptions extends Watch, TextAdapterStart {
  /** Uniform in [0, 1): order of the lessons, sample and dropout. The same numbers give the same model. */
  readonly random: () => number;
  /** Passes over all sequences, or over `lessons` of them, >= 1. Default 4: the longer, the more it is about the items that are known. */
  readonly epochs?: number;
  /** Lessons of a pass at most, drawn anew for each, >= 1: two for each item of a sequence. Default 50,000. */
  readonly lessons?: number;
  /** Lessons a step, >= 1. Default 256. */
  readonly batch?: number;
  /** Highest learning rate of Adam, >= 0. Default 0.002. */
  readonly rate?: number;
  /** Steps in which the rate rises, >= 0. Default 20. */
  readonly warmup?: number;
  /**
   * Of the vectors that the maps see, 0 to below 1. Default 0.7: what many parts of a vector agree on holds for new
   * items, too.
   */
  readonly dropout?: number;
  /** Cosines are multiplied by it before the softmax, > 0. Default 8. */
  readonly scale?: number;
  /**
   * Share of the popularity of items that is given instead of learned, >= 0. Default 0.5. The higher, the more items are
   * told apart by what they are for a history alone; 0 suits items that are known.
   */
  readonly popularity?: number;
  /** Longest gradient, > 0. Default 1. */
  readonly clip?: number;
  /** Items up to which the softmax of a step is over all, >= 1; beyond, over a sample of so many. Default 4,096. */
  readonly candidates?: number;
  /** After each epoch, so that the caller can keep the best; false ends the training. */
  readonly onEpoch?: (report: EpochReport<TextAdapterModel>) => Promise<boolean>;
}

/**
 * Adapts vectors of texts to what people do: two linear maps beside the identity, one for items that are candidates and
 * one for items of a history, such that the decayed mean of a history lies near the item that follows. Both towers see
 * nothing but texts, so new items are placed by what was learned of others. Learned by cross entropy with a softmax
 * over items (as for two towers, Yi et al. 2019), from what came before an item, and from what came after it: the
 * second doubles what there is to learn from. The maps start at 0, and few epochs keep them near it.
 * Items that were learned from gain; new ones lose places to them where all are ranked together, which `newItemLifts` makes up
 * for. Figures of both: docs/evaluation/models.md.
 * @param vectors of all items of the sequences, by row
 * @param sequences at least one user with two different items
 * @param runtime runs the steps; each blocks the thread for hundreds of milliseconds, so train in a worker thread
 * Rejects with RangeError for bad options or data, StoppedError, DivergedError. Progress is in thousandths of an epoch.
 */
export async function fitTextAdapter(
  vectors: TextVectors,
  sequences: Sequences,
  options: TextAdapterOptions,
  runtime: GraphRuntime,
): Promise<TextAdapterModel> {
  const { random, epochs = 4, batch = 256, rate = 2e-3, warmup = 20, clip = 1, onEpoch } = options;
  const { dropout = 0.7, scale = 8, candidates = 4096, popularity = 0.5, lessons: most = 50_000 } = options;
  checkOptions({
    whole: { epochs, batch, candidates, lessons: most },
    from0: { rate, warmup, popularity },
    above0: { scale },
  });
  const begun = startTextAdapter(vectors, options);
  const { dims, whitening } = begun;
  const lessons = checkedLessons(vectors, sequences);
  const loss = adapterLoss(dims, { dropout, scale, seed: Math.floor(random() * 2 ** 31) });
  const start = initialState(loss.graph.start(random));
  const run = await TrainingRun.open(runtime, trainingStep(loss, { clip }), start);
  const world = { ...begun, sequences, vectors: whitened(vectors, whitening), candidates, popularity, random };
  const feedsOf = stepFeeds(world);
  const drawBatches = (): (() => Feeds)[] =>
    chunksOf(shuffled([...lessons], random).slice(0, most), batch).map((some) => () => feedsOf(some));
  const snapshot = (): TextAdapterModel => ({ ...begun, ...mapsOf(run.parameters, loss.graph.parts) });
  const afterEpoch = async (epoch: number, mean: number): Promise<boolean> =>
    onEpoch === undefined || onEpoch({ epoch, loss: mean, snapshot });
  try {
    await trainEpochs(run, { ...options, epochs, rate, warmup }, drawBatches, afterEpoch);
    return snapshot();
  } finally {
    await run.close();
  }
}

function checkedLessons({ values, dims }: TextVectors, sequences: Sequences): AdapterLesson[] {
  if (sequences.itemCount * dims !== values.length)
    throw new RangeError(`${values.length / dims} vectors are not of ${sequences.itemCount} items`);
  const stranger = sequences.items.find((row) => !(row >= 0 && row < sequences.itemCount));
  if (stranger !== undefined) throw new RangeError(`item ${stranger} is not below ${sequences.itemCount}`);
  const lessons = lessonsOf(sequences);
  if (lessons.length === 0) throw new RangeError('nobody has two different items: there is nothing to learn from');
  return lessons;
}
