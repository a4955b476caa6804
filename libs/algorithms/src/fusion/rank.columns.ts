/** 1-based ranks of a column's opinions, highest value first; equal values share the better rank; 0 = NaN, no opinion. */
export function ranksOf(values: ArrayLike<number>): Int32Array {
  const order: number[] = [];
  for (let c = 0; c < values.length; c++) if (!Number.isNaN(values[c]!)) order.push(c);
  order.sort((a, b) => values[b]! - values[a]!);
  const ranks = new Int32Array(values.length);
  order.forEach((c, at) => {
    const before = order[at - 1];
    ranks[c] = before !== undefined && values[before] === values[c] ? ranks[before]! : at + 1;
  });
  return ranks;
}

/**
 * What a column contributes to reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009): weight / (k + rank), 0
 * where it has no opinion. `k` ≥ 0 damps the lead of the first places; the paper's is 60.
 */
export function reciprocalRanks(
  values: ArrayLike<number>,
  { k, weight }: { readonly k: number; readonly weight: number },
): Float64Array {
  return Float64Array.from(ranksOf(values), (rank) => (rank === 0 ? 0 : weight / (k + rank)));
}
