/**
 * An order of `size` things made of the numbers a model gave, from 1, best first: each is taken once, what is no number of
 * theirs is passed over, and those that were forgotten follow as they stood. Always a permutation of `0..size-1`.
 */
export function mendedOrder(numbers: readonly number[], size: number): readonly number[] {
  const order = new Set<number>();
  for (const number of numbers) if (Number.isInteger(number) && number >= 1 && number <= size) order.add(number - 1);
  for (let place = 0; place < size; place++) order.add(place);
  return [...order];
}
