/** Scores less their mean, by their deviation; all 0 where they are all the same. NaN, no opinion, becomes 0. */
export function standardized(scores: Float32Array): Float32Array {
  let [sum, squares, count] = [0, 0, 0];
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    if (Number.isNaN(score)) continue;
    sum += score;
    squares += score * score;
    count += 1;
  }
  const mean = sum / count;
  const deviation = Math.sqrt(Math.max(0, squares / count - mean * mean));
  if (!(deviation > 0)) return new Float32Array(scores.length);
  return scores.map((score) => (Number.isNaN(score) ? 0 : (score - mean) / deviation));
}
