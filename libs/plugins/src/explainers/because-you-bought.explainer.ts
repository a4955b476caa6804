import { defineExplainer, type Explanation } from '@attune/sdk';
import { z } from 'zod';
import { likenessByTexts, likenessByWeights, nearestOf } from './past-likeness.js';
import { tasteOf, type TasteOptions } from '../taste/taste.js';
import { TEXT_SPACE } from '../taste/text-space.js';

const options = z.strictObject({
  /** Where likeness comes from: what is bought together (`ease`, waits for its artifact) or the texts. */
  source: z.enum(['text', 'ease']).default('text'),
  /** Name of the model where `source` is `ease`. */
  artifact: z.string().default('ease'),
  /** Least likeness worth telling: a cosine, or a weight of the model. Default: .4 for text, 0 (exclusive) for ease. */
  minLikeness: z.number().optional(),
  /** Items of the past considered, the most recent. */
  maxItems: z.int().min(1).max(500).default(100),
});

/** Louder than any other type, so that a weight of 2 says the item was bought. */
const BOUGHT = 2;
const TOUCHED = { purchase: BOUGHT, add_to_cart: 1, click: 1, view: 1 };

/**
 * The item of the user's own past that stands nearest to each candidate, as evidence; an item of the past explains
 * itself. Reasons `because-you-bought` and `because-you-viewed`. Nothing to say where nothing is near enough.
 */
export const becauseYouBoughtExplainer = defineExplainer({
  id: 'because-you-bought',
  version: '1.0.0',
  config: options,
  needs: ['history'],
  uses: ['artifacts', 'itemVectors'],
  itemVectors: [TEXT_SPACE],
  traits: { coldUser: false },
  async setup({ source, artifact, minLikeness, maxItems }, host) {
    const model = source === 'ease' ? await host.artifacts.open(artifact) : undefined;
    const least = minLikeness ?? (model === undefined ? 0.4 : 0);
    const taking: TasteOptions = { types: TOUCHED, maxItems, counting: 'once', halfLifeDays: undefined };
    return {
      async explain({ request: { history, now }, candidates }) {
        const { keys, weights } = tasteOf(history, history.items, taking, now);
        if (keys.length === 0) return candidates.ids.map(() => undefined);
        const likeness =
          model === undefined
            ? likenessByTexts(await host.itemVectors.gather(TEXT_SPACE, keys), candidates.itemVectors.text)
            : likenessByWeights(model, keys, candidates);
        return candidates.ids.map((id, c): Explanation | undefined => {
          const own = keys.indexOf(id);
          const nearest = own >= 0 ? own : nearestOf(keys.length, c, likeness, least);
          if (nearest < 0) return undefined;
          const reason = weights[nearest] === BOUGHT ? 'because-you-bought' : 'because-you-viewed';
          return { reason, evidence: [keys[nearest]!], params: {} };
        });
      },
    };
  },
});
