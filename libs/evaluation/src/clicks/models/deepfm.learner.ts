import {
  type ClickCases,
  type DeepFmModel,
  type DeepFmOptions,
  type EpochReport,
  fitDeepFm,
  openDeepFm,
} from '@attune/algorithms';
import { uniform } from '../../metrics/bootstrap.js';
import { numberOf, type Options } from '../../search/options.js';
import { BestEpoch } from '../best-epoch.js';
import type { ClickContext, ClickLearner } from '../click.learner.js';
import { FM_GRID, learnFm } from './factorization.learners.js';

/** Hidden layers get narrower by half: so many of them. */
const LAYERS = 2;
/** Of the network: it begins with a machine that knows most already. */
const EPOCHS = 6;
const DROPOUT = 0.5;
const PENALTY = 0.1;
const HIDE = 0.2;

/**
 * The machine is learned first, case by case, and the network then learns beside it what it cannot tell: from chance, both
 * together stayed behind the machine alone on MovieLens 100K.
 */
export const deepFm: ClickLearner = {
  name: 'deepfm',
  summary: 'a factorization machine beside a network over the same factors (Guo et al. 2017)',
  grid: {
    ...FM_GRID,
    dims: [8, 4],
    width: [64, 32, 128],
    deepRate: [0.0005, 0.0002, 0.001],
  },
  timeWeight: 6,
  fit: async (data, options, context) => {
    const { held, runtime } = context;
    // Of its own, so that the network's start does not depend on how long the machine was looked at.
    const random = uniform(Math.floor(context.random() * 2 ** 32));
    const machine = learnFm(data, options, context);
    const best = new BestEpoch<DeepFmModel>(machine.learned, held, 'deepStopAfter');
    const onEpoch = async ({ epoch, snapshot }: EpochReport<DeepFmModel>): Promise<boolean> => {
      if (held === undefined) return best.goesOnUntold(epoch);
      const model = snapshot();
      return best.goesOn(epoch, model, await probabilitiesOf(model, held.cases, runtime));
    };
    const last = await fitDeepFm(
      data,
      { ...deepOptions(options, { ...context, random }), start: machine.model, onEpoch },
      runtime,
    );
    const { model, learned } = best.found(last);
    return { learned, probabilities: (cases) => probabilitiesOf(model, cases, runtime) };
  },
};

function deepOptions(options: Options, { random, watch }: ClickContext): DeepFmOptions {
  const width = numberOf(options, 'width');
  return {
    hidden: Array.from({ length: LAYERS }, (_, layer) => width >> layer),
    dropout: DROPOUT,
    rate: numberOf(options, 'deepRate'),
    penalty: PENALTY,
    hide: HIDE,
    epochs: EPOCHS,
    random,
    ...watch,
  };
}

async function probabilitiesOf(
  model: DeepFmModel,
  cases: ClickCases,
  runtime: ClickContext['runtime'],
): Promise<Float32Array> {
  const scorer = await openDeepFm(model, runtime);
  return scorer.probabilities(cases).finally(() => scorer.close());
}
