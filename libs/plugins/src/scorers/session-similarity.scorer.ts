import { defineScorer, type EventColumns } from '@attune/sdk';
import { z } from 'zod';
import { meanVector, scoreVectors } from '../taste/mean-vector.js';
import { tasteOf, tasteOptions, type TasteOptions } from '../taste/taste.js';
import { TEXT_SPACE } from '../taste/text-space.js';

const options = z.strictObject({
  types: tasteOptions.shape.types,
  /** Weight of each item against the one touched after it, 0..1. */
  decay: z.number().gt(0).max(1).default(0.8),
  /** Items of the session taken, the most recent. */
  maxItems: z.int().min(1).max(200).default(20),
});

/**
 * How near each candidate's text is to what the session is about: the mean of its items' vectors, each weighing `decay`
 * times the one touched after it. By the metric of the space: the cosine in −1..1, the dot product, or minus the Euclidean
 * distance. Abstains where the session or the candidate has no vector.
 */
export const sessionSimilarityScorer = defineScorer({
  id: 'session-similarity',
  version: '1.0.0',
  config: options,
  needs: ['session'],
  uses: ['itemVectors'],
  itemVectors: [TEXT_SPACE],
  traits: { coldUser: false },
  setup: ({ decay, types, maxItems }, { itemVectors }) => {
    const taking: TasteOptions = { types, maxItems, counting: 'once', halfLifeDays: undefined };
    const about = async (session: EventColumns, now: number): Promise<Float32Array | undefined> => {
      const { keys, weights } = tasteOf(session, session.items, taking, now);
      if (keys.length === 0) return undefined;
      const decayed = weights.map((weight, place) => weight * decay ** place);
      return meanVector(await itemVectors.gather(TEXT_SPACE, keys), decayed);
    };
    return {
      async score({ requests, offsets, candidates }, out, call) {
        const vectors = await Promise.all(requests.map(({ session, now }) => about(session, now)));
        if (call.deadline.signal.aborted) return;
        vectors.forEach((vector, r) => {
          if (vector === undefined) return;
          scoreVectors(vector, candidates.itemVectors.text, out, { start: offsets[r]!, end: offsets[r + 1]! });
        });
      },
    };
  },
});
