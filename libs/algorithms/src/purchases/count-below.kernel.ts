/** How many of the ascending numbers from `from` up to `to` are below a bound, by halving. */
export function countBelow(ascending: Float64Array, bound: number, from = 0, to = ascending.length): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < bound) low = middle + 1;
    else high = middle;
  }
  return low - from;
}
