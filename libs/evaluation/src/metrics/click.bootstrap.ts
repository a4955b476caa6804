import type { Estimate } from './bootstrap.js';
import { auc, calibration } from './click.metrics.js';
import { eachResample, type Owners, percentiles, RESAMPLES, type TestedDifference } from './owner.resamples.js';

/** Labels of cases, above 0 where positive [n], and whose the cases are. */
export interface OwnedLabels {
  readonly labels: ArrayLike<number>;
  readonly owners: Owners;
}

/** The area under the ROC curve of one model's scores, on all cases and on resamples of their owners. */
export interface ResampledAuc {
  readonly auc: number;
  /** NaN where a resample has only cases of one label. */
  readonly resamples: Float64Array;
}

/**
 * AUC on 1,000 resamples of the owners of the cases (Efron 1979): the same for every model, so that differences are of the
 * same cases.
 * @param models scores of all cases, a list a model
 * Throws RangeError as `auc` does. O(resamples × models × n).
 */
export function resampledAuc(
  models: readonly ArrayLike<number>[],
  { labels, owners }: OwnedLabels,
  seed = 42,
): readonly ResampledAuc[] {
  const found = models.map((scores) => ({
    auc: auc(scores, labels),
    ascending: ascendingCases(scores, labels, owners),
    resamples: new Float64Array(RESAMPLES),
  }));
  eachResample(owners, seed, (counts, run) => {
    for (const { resamples, ascending } of found) resamples[run] = weightedAuc(ascending, counts);
  });
  return found;
}

/** Cases by their scores, the lowest first. */
interface AscendingCases {
  readonly scores: Float64Array;
  readonly positive: Uint8Array;
  readonly owners: Owners;
}

function ascendingCases(scores: ArrayLike<number>, labels: ArrayLike<number>, owners: Owners): AscendingCases {
  const order = Uint32Array.from(owners, (_, i) => i).sort((a, b) => scores[a]! - scores[b]!);
  return {
    scores: Float64Array.from(order, (i) => scores[i]!),
    positive: Uint8Array.from(order, (i) => Number(labels[i]! > 0)),
    owners: Int32Array.from(order, (i) => owners[i]!),
  };
}

/** AUC where each case is there as often as `counts` has its owner. */
function weightedAuc({ scores, positive, owners }: AscendingCases, counts: Uint32Array): number {
  let [pairs, positives, negatives] = [0, 0, 0];
  for (let at = 0; at < scores.length;) {
    const score = scores[at]!;
    let [yes, no] = [0, 0];
    for (; at < scores.length && scores[at] === score; at++) {
      const count = counts[owners[at]!]!;
      if (positive[at] === 1) yes += count;
      else no += count;
    }
    pairs += yes * (negatives + no / 2);
    positives += yes;
    negatives += no;
  }
  return pairs / (positives * negatives);
}

/** With its 95 % percentile interval. */
export const aucEstimate = ({ auc: mean, resamples }: ResampledAuc): Estimate => ({ mean, ...percentiles(resamples) });

/**
 * `after` minus `before`, and the two-sided p of the resamples that are numbers: twice the share of those on the other side
 * of 0, at least 2 / (their number + 1).
 */
export function aucDifference(before: ResampledAuc, after: ResampledAuc): TestedDifference {
  const differences = after.resamples.map((value, run) => value - before.resamples[run]!);
  const count = (isThere: (value: number) => boolean): number => differences.filter(isThere).length;
  const least = Math.min(
    count((value) => value <= 0),
    count((value) => value >= 0),
  );
  const numbers = count((value) => !Number.isNaN(value));
  return {
    difference: { mean: after.auc - before.auc, ...percentiles(differences) },
    p: Math.min(1, (2 * (least + 1)) / (numbers + 1)),
  };
}

const BINS = 10;

/**
 * The expected calibration error over ten bins, with its 95 % interval over owners. The error is a sum of absolute gaps, so
 * that resamples lie above it as it lies above the truth: the interval is the basic one, which mirrors them, cut at 0
 * (Davison and Hinkley 1997, section 5.2); it may lie below the error itself. Of probabilities that hold within .02 it is
 * too narrow: in simulations six to nine in ten such intervals had the truth in them. Throws RangeError as `calibration`
 * does.
 */
export function calibrationEstimate(
  probabilities: ArrayLike<number>,
  { labels, owners }: OwnedLabels,
  seed = 42,
): Estimate {
  const { error } = calibration(probabilities, labels, BINS);
  const bins = Uint8Array.from(probabilities, (p) => Math.min(BINS - 1, Math.floor(p * BINS)));
  const gaps = Float64Array.from(probabilities, (p, i) => Number(labels[i]! > 0) - p);
  const sums = new Float64Array(BINS);
  const resamples = new Float64Array(RESAMPLES);
  eachResample(owners, seed, (counts, run) => {
    sums.fill(0);
    let size = 0;
    for (let i = 0; i < gaps.length; i++) {
      const count = counts[owners[i]!]!;
      sums[bins[i]!]! += count * gaps[i]!;
      size += count;
    }
    resamples[run] = sums.reduce((sum, gap) => sum + Math.abs(gap), 0) / size;
  });
  const { low, high } = percentiles(resamples);
  return { mean: error, low: Math.max(0, 2 * error - high), high: Math.max(0, 2 * error - low) };
}
