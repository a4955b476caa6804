/**
 * Area under the ROC curve of scores for labels (above 0: positive): the share of pairs of a positive and a negative
 * that are in order, a tie counting half (Hanley and McNeil, Radiology 1982). 0..1, .5 by chance; NaN where all labels
 * are alike. Throws RangeError for NaN, or lists that differ in length. O(n log n).
 */
export function auc(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  checkLengths(scores, labels);
  const positives = scoresWhere(scores, labels, true);
  const negatives = scoresWhere(scores, labels, false);
  let pairs = 0;
  let below = 0;
  let notAbove = 0;
  for (const score of positives) {
    while (below < negatives.length && negatives[below]! < score) below++;
    while (notAbove < negatives.length && negatives[notAbove]! <= score) notAbove++;
    pairs += (below + notAbove) / 2;
  }
  return pairs / (positives.length * negatives.length);
}

/** Probabilities this close to 0 and 1 are as good as certain: one certain error must not outweigh everything. */
const LEAST = 1e-15;

/**
 * Cross-entropy: −Σ (y ln p + (1 − y) ln(1 − p)) / n, of probabilities held within 1e-15 of 0 and 1. ≥ 0, 0 is best;
 * NaN where there are none. Throws RangeError for what is no probability, or lists that differ in length.
 */
export function logLoss(probabilities: ArrayLike<number>, labels: ArrayLike<number>): number {
  checkLengths(probabilities, labels);
  let sum = 0;
  for (let i = 0; i < labels.length; i++) {
    const p = Math.min(1 - LEAST, Math.max(LEAST, probabilityAt(probabilities, i)));
    sum -= Math.log(labels[i]! > 0 ? p : 1 - p);
  }
  return sum / labels.length;
}

/** Predictions of about one probability, and what came true of them. */
export interface ReliabilityBin {
  /** Predictions from `low`, included, to `high`, excluded (in the last bin included). */
  readonly low: number;
  readonly high: number;
  readonly count: number;
  /** Mean prediction; NaN where there are none. */
  readonly predicted: number;
  /** Share of positives; NaN where there are none. */
  readonly observed: number;
}

/** How far probabilities can be taken at their word. */
export interface Calibration {
  /** Expected calibration error: Σ over bins of (count / n) |observed − predicted|. 0..1, 0 is best. */
  readonly error: number;
  /** A reliability diagram's points. */
  readonly bins: readonly ReliabilityBin[];
}

/**
 * Calibration over bins of equal width (Naeini et al., AAAI 2015). `size`: how many bins, default 10. The error is NaN
 * where there are no predictions. Throws RangeError for what is no probability, or lists that differ in length.
 */
export function calibration(probabilities: ArrayLike<number>, labels: ArrayLike<number>, size = 10): Calibration {
  checkLengths(probabilities, labels);
  if (!(Number.isInteger(size) && size >= 1)) throw new RangeError(`there are no ${size} bins`);
  const counts = new Float64Array(size);
  const sums = new Float64Array(size);
  const positives = new Float64Array(size);
  for (let i = 0; i < labels.length; i++) {
    const p = probabilityAt(probabilities, i);
    const bin = Math.min(size - 1, Math.floor(p * size));
    counts[bin]! += 1;
    sums[bin]! += p;
    if (labels[i]! > 0) positives[bin]! += 1;
  }
  const bins = Array.from(counts, (count, bin) => ({
    low: bin / size,
    high: (bin + 1) / size,
    count,
    predicted: sums[bin]! / count,
    observed: positives[bin]! / count,
  }));
  const gaps = bins.reduce(
    (sum, { count }, bin) => (count === 0 ? sum : sum + Math.abs(positives[bin]! - sums[bin]!)),
    0,
  );
  return { error: gaps / labels.length, bins };
}

function checkLengths(scores: ArrayLike<number>, labels: ArrayLike<number>): void {
  if (scores.length !== labels.length)
    throw new RangeError(`${scores.length} scores are not of ${labels.length} labels`);
}

function probabilityAt(probabilities: ArrayLike<number>, i: number): number {
  const p = probabilities[i]!;
  if (!(p >= 0 && p <= 1)) throw new RangeError(`prediction ${i} is ${p}, which is no probability`);
  return p;
}

/** Ascending. */
function scoresWhere(scores: ArrayLike<number>, labels: ArrayLike<number>, positive: boolean): Float64Array {
  const found = new Float64Array(scores.length);
  let count = 0;
  for (let i = 0; i < scores.length; i++) {
    if (Number.isNaN(scores[i])) throw new RangeError(`score ${i} is not a number`);
    if (labels[i]! > 0 === positive) found[count++] = scores[i]!;
  }
  return found.subarray(0, count).sort();
}
