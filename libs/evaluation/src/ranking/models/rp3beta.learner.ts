import { fitRp3beta, rp3betaInterests, userMatrix } from '@attune/algorithms';
import { numberOf } from '../../search/options.js';
import { oneByOne } from '../one-by-one.js';
import type { RecommenderLearner } from '../recommender.learner.js';

export const rp3beta: RecommenderLearner = {
  name: 'rp3beta',
  summary: 'walks from item to user to item, popularity dampened (Paudel et al. 2016)',
  takesWeights: true,
  grid: () => ({
    alpha: [0.6, 0.4, 0.8, 1],
    beta: [0.4, 0.2, 0.3, 0.5, 0.6],
    neighbors: [200, 100, 500],
  }),
  fit: (log, options, { watch }) => {
    const shape = { alpha: numberOf(options, 'alpha'), beta: numberOf(options, 'beta') };
    const model = fitRp3beta(userMatrix(log), { ...shape, neighbors: numberOf(options, 'neighbors'), ...watch });
    return Promise.resolve(oneByOne((history) => rp3betaInterests(model, history)));
  },
};
