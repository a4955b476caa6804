import type { GraphRuntime } from '@attune/training';
import type { ItemHistory, Sequences } from '../data/sequences.js';
import type { MaskOf } from './sequence.graph.js';
import { placeItems, type SequenceLayout } from './sequence.layout.js';
import { openSequenceScorer, sequenceInterests, type SequenceScorer } from './sequence.scorer.js';
import { type SequenceModel, type SequenceTrainingOptions, trainSequenceModel } from './sequence.training.js';
import { UNSEEN } from './transformer.graph.js';

/** Chance of an item to be hidden, beside the last one, which always is. */
const HIDDEN = 0.2;

/** All places of a window see the same: those with items. */
const givenMask =
  (window: number): MaskOf =>
  (graph) =>
    graph.input('mask', ['B', 1, 1, window]);

/** Places of windows whose lists have such lengths: 0 with an item, `UNSEEN` behind. */
function maskOf(lists: readonly ArrayLike<number>[], window: number): Float32Array {
  const mask = new Float32Array(lists.length * window).fill(UNSEEN);
  lists.forEach(({ length }, at) => mask.fill(0, at * window, at * window + length));
  return mask;
}

/** Some items are hidden behind a token and asked for, among them the last, as it is when scores are asked for. */
export const bert4RecLayout: SequenceLayout = {
  tokens: 1,
  steps: (window) => window - 1,
  latest: (window) => window - 1,
  lessonMask: givenMask,
  questionMask: givenMask,
  lesson: (windows, { itemCount, window }, random) => {
    const rows: number[] = [];
    const targets: number[] = [];
    const shown = windows.map((items, at) =>
      items.map((item, i) => {
        if (i < items.length - 1 && random() >= HIDDEN) return item;
        rows.push(at * window + i);
        targets.push(item);
        return itemCount;
      }),
    );
    const feeds = { ...placeItems(shown, window, window), mask: maskOf(shown, window) };
    return { feeds, rows: Int32Array.from(rows), targets: Int32Array.from(targets) };
  },
  question: (histories, { itemCount, window }) => {
    const asked = histories.map((items) => [...items, itemCount]);
    const rows = Int32Array.from(asked, ({ length }, at) => at * window + length - 1);
    return { ...placeItems(asked, window, window), mask: maskOf(asked, window), rows };
  },
};

/**
 * BERT4Rec (Sun et al. 2019): a transformer that sees a sequence from both sides and tells items that are hidden in
 * it. It learns from fewer places a step than SASRec does and so takes more epochs. `window` is 2 at least: the last
 * position is the question. See `trainSequenceModel` for what it takes and how it fails.
 */
export const fitBert4Rec = (
  sequences: Sequences,
  options: SequenceTrainingOptions,
  runtime: GraphRuntime,
): Promise<SequenceModel> => trainSequenceModel(bert4RecLayout, sequences, options, runtime);

/** Opens a model of `fitBert4Rec` for scoring. */
export const openBert4Rec = (model: SequenceModel, runtime: GraphRuntime): Promise<SequenceScorer> =>
  openSequenceScorer(bert4RecLayout, model, runtime);

/** Interests after each history, by a model that is opened for them alone: see `SequenceScorer`. */
export const bert4RecInterests = (
  model: SequenceModel,
  histories: readonly ItemHistory[],
  runtime: GraphRuntime,
): Promise<Float32Array[]> => sequenceInterests(bert4RecLayout, model, histories, runtime);
