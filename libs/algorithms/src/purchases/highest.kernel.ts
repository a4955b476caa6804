/** The highest number, or a least one above 0, to divide by. */
export function highestOf(scores: Float32Array): number {
  let highest = 1e-9;
  for (let i = 0; i < scores.length; i++) if (scores[i]! > highest) highest = scores[i]!;
  return highest;
}
