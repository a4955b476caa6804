import { defineExplainer, type Explanation } from '@attune/sdk';
import { z } from 'zod';
import { likenessByTexts, nearestOf } from './past-likeness.js';
import { TEXT_SPACE } from '../taste/text-space.js';

/**
 * The seed (item of the page, of the cart) that stands nearest to each candidate by its text, as evidence. Reason
 * `goes-with`. Nothing to say without seeds, or where none is as near as `minLikeness`, a cosine.
 */
export const goesWithExplainer = defineExplainer({
  id: 'goes-with',
  version: '1.0.0',
  config: z.strictObject({
    /** Least cosine between the texts of a candidate and a seed that is worth telling. */
    minLikeness: z.number().min(-1).max(1).default(0.3),
  }),
  uses: ['itemVectors'],
  itemVectors: [TEXT_SPACE],
  traits: { coldUser: true },
  setup: ({ minLikeness }, host) => ({
    async explain({ request: { itemIds }, candidates }) {
      if (itemIds.length === 0) return candidates.ids.map(() => undefined);
      const seeds = await host.itemVectors.gather(TEXT_SPACE, itemIds);
      const likeness = likenessByTexts(seeds, candidates.itemVectors.text);
      return candidates.ids.map((_, c): Explanation | undefined => {
        const nearest = nearestOf(itemIds.length, c, likeness, minLikeness);
        return nearest < 0 ? undefined : { reason: 'goes-with', evidence: [itemIds[nearest]!], params: {} };
      });
    },
  }),
});
