import { adaptItems, fitTextAdapter, startTextAdapter, type TextVectors } from '@attune/algorithms';
import { defineTrainer, keptEvents, type TrainingData } from '@attune/sdk';
import { z } from 'zod';
import { adaptedModel, adapterArrays, textAdapterOf } from '../models/text-adapter.model.js';
import type { OpenModel } from '../models/opened-model.js';
import { TEXT_SPACE } from '../taste/text-space.js';
import { anotherFits } from './another-fits.js';
import { watchOf } from '../logs/interaction-matrix.js';
import { itemSequences } from '../logs/item-sequences.js';
import { learnOnceBy, type Learn } from '../exams/learn-by.js';
import { trainingOptions } from '../exams/training-options.js';

const options = trainingOptions.extend({
  /** Newest items of a history that count. */
  last: z.int().min(1).max(100).default(10),
  /** Weight of an item of a history beside that of the next newer one. */
  decay: z.number().positive().max(1).default(0.6),
  /** Share of the vectors that is hidden at random while it learns: the more, the better for new items. */
  dropout: z.number().min(0).lt(1).default(0.7),
  /** Share of the items' popularity that is given instead of learned; 0 suits items that are known. */
  popularity: z.number().min(0).max(2).default(0.5),
  /** Highest learning rate. */
  rate: z.number().positive().max(1).default(0.002),
  /** Passes over the log, or over 50,000 lessons of it: the more, the more it is about items that are known. */
  epochs: z.int().min(1).max(100).default(4),
});
type Options = z.output<typeof options>;

/**
 * Adapts vectors of texts to what people do: two linear maps beside the identity, one of candidates and one of histories, learned
 * by a softmax over items (two towers, Yi et al. 2019). Items lie in a space of the model's own (`index: true`), new ones from
 * the moment they are embedded. Artifact: arrays `center`, `factor` (the whitening), `itemWeights`, `itemBias`, `historyWeights`,
 * `historyBias`, ids `items` (those learned from); nothing of a user. Refused where it tells less than the vectors as they are,
 * whitened; users held out for that are not learned from. Throws where there is nothing to learn from.
 */
export const textAdapterTrainer = defineTrainer({
  id: 'text-adapter',
  version: '1.0.0',
  config: options,
  itemVectors: [TEXT_SPACE],
  setup: (asked) => ({
    fit: (data, run) => {
      const known = withVectors(data);
      return learnOnceBy<Options>(besideFrozen(known, asked), learn)(asked).fit(known, run);
    },
    place: (model, { data, dims }) => adaptItems(textAdapterOf(model), { values: data, dims }),
  }),
});

const learn: Learn<Options> = async (data, { types, gate: _, ...shape }, run) => {
  const { sequences, itemIds } = itemSequences(data, types);
  const hasTime = anotherFits(run);
  const told = { ...shape, random: () => run.random(), onEpoch: () => Promise.resolve(hasTime()), ...watchOf(run) };
  const model = await fitTextAdapter(vectorsOf(data, itemIds), sequences, told, run.graphs);
  const meta = { ...shape, types, dims: model.dims, events: sequences.items.length };
  const evaluation = { metric: 'items', value: itemIds.length, minimum: 2 };
  return { meta, arrays: adapterArrays(model), ids: { items: itemIds }, evaluation };
};

/** The gate asks among all items of the log; its rival are their vectors before anything was learned. */
const besideFrozen =
  (data: TrainingData, { last, decay }: Options): OpenModel =>
  (source) => {
    const vectors = vectorsOf(
      data,
      data.itemIds.filter((_, item) => hasVector(data, item)),
    );
    const ids = data.itemIds.filter((_, item) => hasVector(data, item));
    const frozen = adaptedModel(startTextAdapter(vectors, { last, decay }), ids, vectors);
    const beside = { name: 'the text as it is', model: frozen };
    return Promise.resolve({
      model: adaptedModel(textAdapterOf(source), ids, vectors),
      beside,
      close: () => Promise.resolve(),
    });
  };

const blockOf = ({ itemVectors }: TrainingData) => itemVectors?.[TEXT_SPACE];

function hasVector(data: TrainingData, item: number): boolean {
  const block = blockOf(data);
  return block !== undefined && !Number.isNaN(block.data[item * block.dims]);
}

/** The events of items that have a vector. Throws where the log has some, and none of them does. */
function withVectors(data: TrainingData): TrainingData {
  const known = keptEvents(data, (event) => hasVector(data, data.items[event]!));
  if (data.size > 0 && known.size === 0)
    throw new Error(`no item of the log has a vector in space '${TEXT_SPACE}' yet: wait for the embed job to end`);
  return known;
}

function vectorsOf(data: TrainingData, ids: readonly string[]): TextVectors {
  const { data: all, dims } = blockOf(data)!;
  const rowOf = new Map(data.itemIds.map((id, row) => [id, row]));
  const values = new Float32Array(ids.length * dims);
  ids.forEach((id, at) => values.set(all.subarray(rowOf.get(id)! * dims, (rowOf.get(id)! + 1) * dims), at * dims));
  return { values, dims };
}
