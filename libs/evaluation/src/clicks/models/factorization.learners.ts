import {
  type ClickData,
  clickProbabilities,
  type FactorizationModel,
  fitFm,
  fitLogisticRegression,
  type LogisticRegressionOptions,
  meanMachine,
} from '@attune/algorithms';
import { uniform } from '../../metrics/bootstrap.js';
import { numberOf, type Options } from '../../search/options.js';
import { BestEpoch } from '../best-epoch.js';
import type { ClickContext, ClickLearner, ClickModel } from '../click.learner.js';

const EPOCHS = 40;

/** Learns with a fit of `libs/algorithms`, and stops where validation is best. */
function learn(
  fit: (options: LogisticRegressionOptions) => FactorizationModel,
  options: Options,
  { held, random, watch }: ClickContext,
): Learned {
  const best = new BestEpoch<FactorizationModel>(options, held);
  const last = fit({
    epochs: EPOCHS,
    rate: numberOf(options, 'rate'),
    penalty: numberOf(options, 'penalty'),
    hide: numberOf(options, 'hide'),
    random,
    ...watch,
    onEpoch: ({ epoch, snapshot }) => {
      if (held === undefined) return best.goesOnUntold(epoch);
      const model = snapshot();
      return best.goesOn(epoch, model, clickProbabilities(model, held.cases));
    },
  });
  return best.found(last);
}

type Learned = ReturnType<BestEpoch<FactorizationModel>['found']>;

const opened = ({ model, learned }: Learned): Promise<ClickModel> =>
  Promise.resolve({ learned, probabilities: (cases) => Promise.resolve(clickProbabilities(model, cases)) });

const SHARED = { rate: [0.05, 0.1, 0.02], penalty: [0.01, 0.03, 0.003, 0.1], hide: [0.1, 0, 0.2, 0.3, 0.5] };

export const logisticRegression: ClickLearner = {
  name: 'logistic-regression',
  summary: 'a weight for each category and number',
  grid: SHARED,
  fit: (data, options, context) => opened(learn((shared) => fitLogisticRegression(data, shared), options, context)),
};

/** Parameters of a factorization machine. */
export const FM_GRID = {
  ...SHARED,
  dims: [16, 8],
  factorPenalty: [0.06, 0.1, 0.03, 0.2],
  deviation: [0.1, 0.05, 0.02],
};

export const fm: ClickLearner = {
  name: 'fm',
  summary: 'a factorization machine: weights, and products of factors of any two fields (Rendle 2010)',
  grid: FM_GRID,
  timeWeight: 3,
  fit: (data, options, context) => opened(learnFm(data, options, context)),
};

/** One machine is as good as its start: on MovieLens 100K the AUC of the mean of four is .002 above that of one. */
const MACHINES = 4;

/** Learns factorization machines with options of `FM_GRID`, each from another start, and takes their mean. */
export function learnFm(data: ClickData, options: Options, context: ClickContext): Learned {
  const seeds = Array.from({ length: MACHINES }, () => Math.floor(context.random() * 2 ** 32));
  const one = (learned: Options, seed: number, held: ClickContext['held']): Learned =>
    learn((shared) => fitOne(data, shared, learned), learned, { ...context, held, random: uniform(seed) });
  const [seed, ...others] = seeds;
  const first = one(options, seed!, context.held);
  const rest = others.map((other) => one(first.learned, other, undefined));
  return { model: meanMachine([first, ...rest].map(({ model }) => model)), learned: first.learned };
}

const fitOne = (data: ClickData, shared: LogisticRegressionOptions, options: Options): FactorizationModel =>
  fitFm(data, {
    ...shared,
    dims: numberOf(options, 'dims'),
    factorPenalty: numberOf(options, 'factorPenalty'),
    deviation: numberOf(options, 'deviation'),
  });
