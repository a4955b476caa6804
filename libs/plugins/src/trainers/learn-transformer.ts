import type { fitSasRec } from '@attune/algorithms';
import { anotherFits } from './another-fits.js';
import { watchOf } from '../logs/interaction-matrix.js';
import { itemSequences } from '../logs/item-sequences.js';
import type { Learn } from '../exams/learn-by.js';
import type { TransformerOptions } from './transformer-options.js';

/**
 * Learns a transformer over the users' sequences. Artifact: array `parameters`, ids `items`, its shape in `meta`. The
 * training ends before the time does, so that what was learned can be handed over.
 */
export const learnTransformer =
  (fit: typeof fitSasRec): Learn<TransformerOptions> =>
  async (data, { types, gate: _, ...options }, run) => {
    const { sequences, itemIds } = itemSequences(data, types);
    if (!sequences.offsets.some((start, user) => (sequences.offsets[user + 1] ?? start) - start > 1))
      throw new Error(`nobody has two events of ${types.join(', ')}: there is nothing to learn from`);
    const hasTime = anotherFits(run);
    const told: { epochs: number; loss: number } = { epochs: 0, loss: NaN };
    const onEpoch = ({ epoch, loss }: { readonly epoch: number; readonly loss: number }): Promise<boolean> => {
      Object.assign(told, { epochs: epoch, loss });
      return Promise.resolve(hasTime());
    };
    const asked = { ...options, random: () => run.random(), onEpoch, ...watchOf(run) };
    const { parameters, shape } = await fit(sequences, asked, run.graphs);
    const { rows, feedForward } = shape;
    return {
      meta: { ...options, ...told, types, rows, feedForward, events: sequences.items.length },
      arrays: { parameters },
      ids: { items: itemIds },
      evaluation: { metric: 'items', value: itemIds.length, minimum: 2 },
    };
  };
