import type { GraphRuntime } from '@attune/training';
import type { ItemHistory, Sequences } from '../data/sequences.js';
import type { MaskOf } from './sequence.graph.js';
import { placeItems, type SequenceLayout } from './sequence.layout.js';
import { openSequenceScorer, sequenceInterests, type SequenceScorer } from './sequence.scorer.js';
import { type SequenceModel, type SequenceTrainingOptions, trainSequenceModel } from './sequence.training.js';
import { shuffled } from './shuffled.js';
import { UNSEEN } from './transformer.graph.js';

/** Share of a window's items that are asked for. */
const ASKED = 0.25;

const questions = (items: number): number => Math.ceil(items * ASKED);

/** Each place of each window sees its own. */
const givenMask =
  (places: number): MaskOf =>
  (graph) =>
    graph.input('mask', ['B', 1, places, places]);

/**
 * What places of a window see, for items that are told in an order of their own.
 * @param mask [places × places], all `UNSEEN`
 * @param order when an item is told, from 1; 0 for those that are known from the start
 * @param asked for each question, which lie behind the items: the item that it asks for
 */
function showEarlier(mask: Float32Array, order: readonly number[], asked: readonly number[]): void {
  const places = Math.sqrt(mask.length);
  const { length } = order;
  order.forEach((own, place) => order.forEach((other, i) => other <= own && (mask[place * places + i] = 0)));
  asked.forEach((item, q) => {
    const place = length + q;
    order.forEach((other, i) => other < order[item]! && (mask[place * places + i] = 0));
    mask[place * places + place] = 0;
  });
}

/** The last item and some others, in random order. */
function drawAsked(length: number, random: () => number): number[] {
  const others = Array.from({ length: length - 1 }, (_, i) => i);
  const asked = [length - 1];
  while (asked.length < questions(length)) asked.push(others.splice(Math.floor(random() * others.length), 1)[0]!);
  return shuffled(asked, random);
}

/**
 * Items are told one after another in random order, each by a question at its position, which sees what is known and
 * what was told before. Places of a window: its items, then its questions.
 */
export const xlnet4RecLayout: SequenceLayout = {
  tokens: 1,
  steps: (window) => window - 1,
  latest: (window) => window - 1,
  lessonMask: (window) => givenMask(window + questions(window)),
  questionMask: givenMask,
  lesson: (windows, { itemCount, window }, random) => {
    const places = window + questions(window);
    const mask = new Float32Array(windows.length * places * places).fill(UNSEEN);
    const rows: number[] = [];
    const targets: number[] = [];
    const placed = placeItems(windows, places, window);
    windows.forEach((items, at) => {
      const asked = drawAsked(items.length, random);
      const order = Array.from(items, (_, i) => asked.indexOf(i) + 1);
      showEarlier(mask.subarray(at * places * places, (at + 1) * places * places), order, asked);
      asked.forEach((item, q) => {
        const place = at * places + items.length + q;
        placed.items[place] = itemCount;
        placed.positions[place] = placed.positions[at * places + item]!;
        rows.push(place);
        targets.push(items[item]!);
      });
    });
    return { feeds: { ...placed, mask }, rows: Int32Array.from(rows), targets: Int32Array.from(targets) };
  },
  question: (histories, { itemCount, window }) => {
    const mask = new Float32Array(histories.length * window * window).fill(UNSEEN);
    const asked = histories.map((items) => [...items, itemCount]);
    histories.forEach(({ length }, at) => {
      const own = mask.subarray(at * window * window, (at + 1) * window * window);
      for (let place = 0; place <= length; place++) own.fill(0, place * window, place * window + length);
      own[length * window + length] = 0;
    });
    const rows = Int32Array.from(asked, ({ length }, at) => at * window + length - 1);
    return { ...placeItems(asked, window, window), mask, rows };
  },
};

/**
 * A permutation language model over items, as XLNet4Rec (de Souza Pereira Moreira et al. 2021, after Yang et al. 2019):
 * a quarter of a window's items are told one after another in random order, each from the others and from those told
 * before it. No item is hidden from another by a token, as in BERT4Rec, and what was told helps to tell the rest.
 * `window` is 2 at least: the last position is the question. See `trainSequenceModel` for what it takes and how it
 * fails.
 */
export const fitXlnet4Rec = (
  sequences: Sequences,
  options: SequenceTrainingOptions,
  runtime: GraphRuntime,
): Promise<SequenceModel> => trainSequenceModel(xlnet4RecLayout, sequences, options, runtime);

/** Opens a model of `fitXlnet4Rec` for scoring. */
export const openXlnet4Rec = (model: SequenceModel, runtime: GraphRuntime): Promise<SequenceScorer> =>
  openSequenceScorer(xlnet4RecLayout, model, runtime);

/** Interests after each history, by a model that is opened for them alone: see `SequenceScorer`. */
export const xlnet4RecInterests = (
  model: SequenceModel,
  histories: readonly ItemHistory[],
  runtime: GraphRuntime,
): Promise<Float32Array[]> => sequenceInterests(xlnet4RecLayout, model, histories, runtime);
