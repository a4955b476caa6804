import { scaledToOne } from './scaled-to-one.js';

/** Logits of cross-encoders lie about −10..10: so divided, they weigh as much as scores that are scaled to 0..1. */
const LOGIT_SPAN = 10;

/**
 * Scores and a cross-encoder's logits of the same list, as one value each: (1 − weight) × score, scaled to 0..1 within the list, +
 * weight × logit / 10. Logits keep their scale from list to list: a model that finds nothing fitting moves little. `weight`: 0..1.
 */
export function withLogits(scores: ArrayLike<number>, logits: ArrayLike<number>, weight: number): Float64Array {
  return scaledToOne(scores, logits.length).map(
    (score, i) => (1 - weight) * score + (weight * logits[i]!) / LOGIT_SPAN,
  );
}
