import { bayesianFmProbabilities, fitBayesianFm } from '@attune/algorithms';
import { numberOf } from '../../search/options.js';
import type { ClickLearner } from '../click.learner.js';

export const bayesianFm: ClickLearner = {
  name: 'bayesian-fm',
  summary: 'a factorization machine averaged over samples of a Gibbs chain (Rendle 2012)',
  grid: { dims: [8, 16, 4], spread: [0.01, 0.1, 0.001] },
  timeWeight: 6,
  fit: (data, options, { random, watch }) => {
    const shape = { dims: numberOf(options, 'dims'), spread: numberOf(options, 'spread') };
    const model = fitBayesianFm(data, { ...shape, random, ...watch });
    return Promise.resolve({ probabilities: (cases) => Promise.resolve(bayesianFmProbabilities(model, cases)) });
  },
};
