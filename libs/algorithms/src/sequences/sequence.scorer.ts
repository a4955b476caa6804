import type { GraphRuntime } from '@attune/training';
import type { ItemHistory } from '../data/sequences.js';
import { sequenceScores } from './sequence.graph.js';
import type { SequenceLayout } from './sequence.layout.js';
import type { SequenceModel } from './sequence.training.js';
import { chunksOf } from './sequence-windows.js';

/** A model that is ready to tell what comes next. */
export interface SequenceScorer {
  /**
   * Interests in every item after each history [items]: higher is better. Only the latest items count, as many as the
   * window has, and their order; weights do not. Where no item is known, all interests are 0.
   */
  interests(histories: readonly ItemHistory[]): Promise<Float32Array[]>;
  close(): Promise<void>;
}

/** Histories a run, and the most scores of one. */
const BATCH = 128;
const MOST_SCORES = 2 ** 24;

/** Opens a model for scoring; a run takes up to 128 histories. */
export async function openSequenceScorer(
  layout: SequenceLayout,
  { parameters, shape }: SequenceModel,
  runtime: GraphRuntime,
): Promise<SequenceScorer> {
  const { rows: width, positions: window } = shape;
  const itemCount = width - layout.tokens;
  const session = await runtime.open(sequenceScores(shape, layout.questionMask(window)));
  const batch = Math.max(1, Math.min(BATCH, Math.floor(MOST_SCORES / width)));
  const isItem = (row: number): boolean => Number.isInteger(row) && row >= 0 && row < itemCount;
  const latest = ({ rows }: ItemHistory): number[] => Array.from(rows).filter(isItem).slice(-layout.latest(window));
  return {
    interests: async (histories) => {
      const all: Float32Array[] = [];
      for (const some of chunksOf(histories.map(latest), batch)) {
        const { scores } = await session.run({ parameters, ...layout.question(some, { itemCount, window }) });
        some.forEach((history, at) => {
          const own = scores!.subarray(at * width, at * width + itemCount);
          all.push(history.length === 0 ? own.fill(0) : own);
        });
      }
      return all;
    },
    close: () => session.close(),
  };
}

/** Interests after each history, by a model that is opened for them alone: see `SequenceScorer`. */
export async function sequenceInterests(
  layout: SequenceLayout,
  model: SequenceModel,
  histories: readonly ItemHistory[],
  runtime: GraphRuntime,
): Promise<Float32Array[]> {
  const scorer = await openSequenceScorer(layout, model, runtime);
  return scorer.interests(histories).finally(() => scorer.close());
}
