/** The first `head` numbers between 0 (the lowest of them) and 1; all 1 where they are equal. */
export function scaledToOne(scores: ArrayLike<number>, head: number): Float64Array {
  const scaled = Float64Array.from({ length: head }, (_, i) => scores[i]!);
  let [low, high] = [Infinity, -Infinity];
  for (const score of scaled) [low, high] = [Math.min(low, score), Math.max(high, score)];
  const range = high - low;
  return scaled.map((score) => (range > 0 ? (score - low) / range : 1));
}
