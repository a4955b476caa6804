import type { Estimate } from '../metrics/bootstrap.js';
import { aucEstimate, calibrationEstimate, type ResampledAuc } from '../metrics/click.bootstrap.js';
import { logLoss } from '../metrics/click.metrics.js';
import { meanOverOwners } from '../metrics/owner.resamples.js';
import type { HeldClicks } from './click.task.js';

/** What is told of probabilities. */
export type ClickFigures = Readonly<Record<'auc' | 'logLoss' | 'calibration', Estimate>>;

/** The log loss of each case. */
export const lossesOf = (probabilities: Float32Array, labels: Uint8Array): readonly number[] =>
  Array.from(probabilities, (p, i) => logLoss([p], [labels[i]!]));

export const clickFigures = (found: ResampledAuc, probabilities: Float32Array, held: HeldClicks): ClickFigures => ({
  auc: aucEstimate(found),
  logLoss: meanOverOwners(lossesOf(probabilities, held.labels), held.owners),
  calibration: calibrationEstimate(probabilities, held),
});
