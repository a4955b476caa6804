import { scaledToOne } from '@attune/algorithms';

/** Places as they are, `[size]`. */
export const sameOrder = (size: number): Uint32Array => Uint32Array.from({ length: size }, (_, i) => i);

/** Places with the head of a slate sorted by its values `[head]`, best first; what is behind keeps its place, and so do equals. */
export function headSortedBy(values: Float64Array, size: number): Uint32Array {
  const order = sameOrder(size);
  order.subarray(0, values.length).sort((a, b) => values[b]! - values[a]! || a - b);
  return order;
}

/**
 * Places, best first, by what a model says of the head of a slate, weighed against the scores before; both are scaled to 0..1 within
 * the head.
 */
export function blendedOrder(
  scores: Float64Array,
  said: Float32Array,
  { weight, size }: { readonly weight: number; readonly size: number },
): Uint32Array {
  const head = said.length;
  const after = scaledToOne(said, head);
  const before = scaledToOne(scores, head);
  return headSortedBy(
    after.map((one, i) => weight * one + (1 - weight) * before[i]!),
    size,
  );
}
