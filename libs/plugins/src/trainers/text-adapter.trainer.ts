import { adaptItems, fitTextAdapter, startTextAdapter } from '@attune/algorithms';
import { defineTrainer, type TrainingData } from '@attune/sdk';
import { z } from 'zod';
import { adaptedModel, adapterArrays, textAdapterOf } from '../models/text-adapter.model.js';
import type { OpenModel } from '../models/opened-model.js';
import { TEXT_SPACE } from '../taste/text-space.js';
import { anotherFits } from './another-fits.js';
import { watchOf } from '../logs/interaction-matrix.js';
import { itemSequences } from '../logs/item-sequences.js';
import { hasVector, vectorsOf, withVectors } from '../logs/item-vectors.js';
import { learnOnceBy, type Learn } from '../exams/learn-by.js';
import { trainingOptions } from '../exams/training-options.js';

const options = trainingOptions.extend({
  /**
   * What the model must reach on users held out, as a multiple of what the text as it is reaches there, less two standard errors;
   * else it is refused and the previous one stays. 0: nobody is held out.
   */
  gate: z.number().min(0).default(1),
  /** Newest items of a history that count: a third of a millisecond each at a request. */
  last: z.int().min(1).max(20).default(10),
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
      const known = withVectors(data, TEXT_SPACE);
      return learnOnceBy<Options>(besideFrozen(known, asked), learn)(asked).fit(known, run);
    },
    place: (model, { data, dims }) => adaptItems(textAdapterOf(model), { values: data, dims }),
  }),
});

const learn: Learn<Options> = async (data, { types, gate: _, ...shape }, run) => {
  const { sequences, itemIds } = itemSequences(data, types);
  const hasTime = anotherFits(run);
  const told = { ...shape, random: () => run.random(), onEpoch: () => Promise.resolve(hasTime()), ...watchOf(run) };
  const model = await fitTextAdapter(vectorsOf(data, TEXT_SPACE, itemIds), sequences, told, run.graphs);
  const meta = { ...shape, types, dims: model.dims, events: sequences.items.length };
  const evaluation = { metric: 'items', value: itemIds.length, minimum: 2 };
  return { meta, arrays: adapterArrays(model), ids: { items: itemIds }, evaluation };
};

/** The gate asks among all items of the log; its rival are their vectors before anything was learned. */
const besideFrozen =
  (data: TrainingData, { last, decay }: Options): OpenModel =>
  (source) => {
    const ids = data.itemIds.filter((_, item) => hasVector(data, TEXT_SPACE, item));
    const vectors = vectorsOf(data, TEXT_SPACE, ids);
    const frozen = adaptedModel(startTextAdapter(vectors, { last, decay }), ids, vectors);
    const beside = { name: 'the text as it is', model: frozen };
    return Promise.resolve({
      model: adaptedModel(textAdapterOf(source), ids, vectors),
      beside,
      close: () => Promise.resolve(),
    });
  };
