import { factorPredictor, fitBayesianSvd, fitSvd, fitSvdPlusPlus } from '@attune/algorithms';
import { numberOf, type Options } from '../../search/options.js';
import type { RatingLearner } from '../rating.learner.js';

const shapeOf = (options: Options) => ({
  dims: numberOf(options, 'dims'),
  epochs: numberOf(options, 'epochs'),
  rate: numberOf(options, 'rate'),
  penalty: numberOf(options, 'penalty'),
});

export const svd: RatingLearner = {
  name: 'svd',
  summary: 'biases and factors by stochastic gradient descent (Funk 2006)',
  rungs: true,
  grid: {
    dims: [50, 20, 100],
    epochs: [50, 20, 35, 80],
    rate: [0.005, 0.0025, 0.01],
    penalty: [0.08, 0.02, 0.05, 0.12],
  },
  fit: (ratings, options, { random, watch }) =>
    factorPredictor(fitSvd(ratings, { ...shapeOf(options), random, ...watch })),
};

export const svdPlusPlus: RatingLearner = {
  name: 'svd++',
  summary: 'SVD with factors of what a user rated at all (Koren 2008)',
  rungs: true,
  grid: { dims: [20, 50], epochs: [20, 40], rate: [0.007, 0.003], penalty: [0.02, 0.05, 0.1] },
  fit: (ratings, options, { random, watch }) =>
    factorPredictor(fitSvdPlusPlus(ratings, { ...shapeOf(options), random, ...watch })),
};

export const bayesianSvd: RatingLearner = {
  name: 'bayesian-svd',
  summary: 'SVD++ of both sides, averaged over samples of a Gibbs chain (Rendle, Zhang and Koren 2019)',
  grid: { dims: [32, 16, 64], samples: [40] },
  fit: (ratings, options, { random, watch }) => {
    const shape = { dims: numberOf(options, 'dims'), samples: numberOf(options, 'samples') };
    return factorPredictor(fitBayesianSvd(ratings, { ...shape, random, ...watch }));
  },
};
