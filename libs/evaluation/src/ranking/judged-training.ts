import { performance } from 'node:perf_hooks';
import { numberOf, type Options } from '../search/options.js';
import type { FitContext, Recommender } from './recommender.learner.js';

/** After an epoch; false ends the training. */
export type OnEpoch<Model> = (report: { readonly epoch: number; snapshot(): Model }) => Promise<boolean>;

/** A way to train in epochs, of which options name how many (`epochs`, and `stopAfter` where it is to end before). */
export interface EpochTraining<Model> {
  readonly train: (options: Options, onEpoch: OnEpoch<Model>) => Promise<Model>;
  readonly open: (model: Model) => Promise<Recommender>;
}

/** Share of the time that epochs may take; judging takes some of the rest. */
const EPOCHS_SHARE = 0.8;
/** How often a model on its way is judged. */
const LOOKS = 12;

/**
 * Trains as many epochs as the time has room for, and keeps the model that was best on its way; where there is nothing to
 * judge by, trains as long as the options say.
 */
export async function judgedTraining<Model>(
  options: Options,
  context: FitContext,
  { train, open }: EpochTraining<Model>,
): Promise<Recommender> {
  const { judge } = context;
  if (judge === undefined) {
    const stopAfter = options['stopAfter'];
    return open(await train(options, ({ epoch }) => Promise.resolve(epoch !== stopAfter)));
  }
  const epochs = await epochsWithin(options, context.seconds, train);
  const every = Math.max(1, Math.floor(epochs / LOOKS));
  let best: { readonly model: Model; readonly figure: number; readonly epoch: number } | undefined;
  const last = await train({ ...options, epochs }, async ({ epoch, snapshot }) => {
    if (epoch % every !== 0 && epoch !== epochs) return true;
    const model = snapshot();
    const figure = await judge(await open(model));
    if (best === undefined || figure > best.figure) best = { model, figure, epoch };
    return true;
  });
  const { interests } = await open(best?.model ?? last);
  return { interests, learned: { ...options, epochs, stopAfter: best?.epoch ?? epochs } };
}

/** As many epochs as the time has room for, by how long one takes; at most those of the options. */
async function epochsWithin<Model>(
  options: Options,
  seconds: number,
  train: EpochTraining<Model>['train'],
): Promise<number> {
  const began = performance.now();
  await train({ ...options, epochs: 1 }, () => Promise.resolve(true));
  const one = (performance.now() - began) / 1000;
  return Math.max(1, Math.min(numberOf(options, 'epochs'), Math.floor((seconds * EPOCHS_SHARE) / one) - 1));
}
