import { reportStep, type Watch } from '@attune/numeric';
import type { Feeds, TrainingRun } from '@attune/training';

/** The model as it is after an epoch. */
export interface EpochReport<Model> {
  /** From 1. */
  readonly epoch: number;
  /** Mean loss of its steps. */
  readonly loss: number;
  /** A copy of the model. */
  snapshot(): Model;
}

export interface EpochOptions extends Watch {
  readonly epochs: number;
  /** Highest learning rate, which falls along a half cosine to a thirtieth. */
  readonly rate: number;
  /** Steps in which the rate rises from 0. */
  readonly warmup: number;
}

/** Share of the rate that is left at the end. */
const LAST_SHARE = 0.03;

/**
 * Trains epoch by epoch.
 * @param drawBatches batches of a new epoch, each made when its turn comes
 * @param onEpoch after each; false ends the training
 * Progress is in thousandths of an epoch. Rejects with StoppedError, DivergedError.
 */
export async function trainEpochs(
  run: TrainingRun,
  options: EpochOptions,
  drawBatches: () => readonly (() => Feeds)[],
  onEpoch: (epoch: number, loss: number) => Promise<boolean>,
): Promise<void> {
  const { epochs } = options;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const batches = drawBatches();
    let sum = 0;
    for (const [at, feeds] of batches.entries()) {
      const done = epoch + at / batches.length;
      reportStep(options, Math.floor(1000 * done), 1000 * epochs);
      const { loss } = await run.step(feeds(), rateAt(options, done / epochs, run.steps + 1));
      sum += loss;
    }
    if (!(await onEpoch(epoch + 1, sum / batches.length))) break;
  }
  reportStep(options, 1000 * epochs, 1000 * epochs);
}

function rateAt({ rate, warmup }: EpochOptions, share: number, step: number): number {
  const fall = LAST_SHARE + (1 - LAST_SHARE) * 0.5 * (1 + Math.cos(Math.PI * share));
  return rate * fall * Math.min(1, step / Math.max(1, warmup));
}
