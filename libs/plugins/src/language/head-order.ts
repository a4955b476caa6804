import { scaledToOne } from '@attune/algorithms';

/** Places as they are, `[size]`. */
export const sameOrder = (size: number): Uint32Array => Uint32Array.from({ length: size }, (_, i) => i);

/**
 * Places, best first, by what a model says of the head of a slate, weighed against the scores before; both are scaled to 0..1 within
 * the head. What is behind keeps its place, and so do equals among each other.
 */
export function blendedOrder(
  scores: Float64Array,
  said: Float32Array,
  { weight, size }: { readonly weight: number; readonly size: number },
): Uint32Array {
  const head = said.length;
  const order = sameOrder(size);
  const after = scaledToOne(said, head);
  const before = scaledToOne(scores, head);
  const value = after.map((one, i) => weight * one + (1 - weight) * before[i]!);
  order.subarray(0, head).sort((a, b) => value[b]! - value[a]! || a - b);
  return order;
}
