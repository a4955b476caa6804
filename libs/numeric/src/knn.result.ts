/** How rows are compared with the query; scores are always higher for nearer rows. */
export type Metric = 'cosine' | 'dot' | 'euclidean';

export interface KnnResult {
  /** Row numbers, best first; equal scores in row order. */
  rows: Uint32Array;
  /** cosine: -1..1, 0 for a zero vector; dot: the product; euclidean: minus the distance. */
  scores: Float32Array;
}

/** From the kernel's key to the score of the metric. */
export function scorer(metric: Metric, query: Float32Array): (key: number) => number {
  if (metric === 'dot') return (key) => key;
  if (metric === 'euclidean') return (key) => -Math.sqrt(Math.max(0, -key));
  let squares = 0;
  for (const x of query) squares += x * x;
  const norm = Math.sqrt(squares);
  return norm === 0 ? () => 0 : (key) => Math.min(1, Math.max(-1, key / norm));
}

/** Keys and their rows in heap order as a result, best first. */
export function ranked(keys: Float64Array, members: Uint32Array, score: (key: number) => number): KnnResult {
  const order = Array.from(keys.keys()).sort((a, b) => keys[b]! - keys[a]! || members[a]! - members[b]!);
  return {
    rows: Uint32Array.from(order, (slot) => members[slot]!),
    scores: Float32Array.from(order, (slot) => score(keys[slot]!)),
  };
}
