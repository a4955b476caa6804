import { fitSessionKnn, sessionKnnInterests } from '@attune/algorithms';
import { numberOf } from '../../search/options.js';
import { oneByOne } from '../one-by-one.js';
import type { RecommenderLearner } from '../recommender.learner.js';

export const sessionKnn: RecommenderLearner = {
  name: 'session-knn',
  summary: 'what the most similar sequences hold near what they have in common (Ludewig and Jannach 2018)',
  takesWeights: true,
  needsOrder: true,
  grid: () => ({ neighbors: [200, 100, 500], reach: [0.9, 0.8, 0.95], backward: [0.5, 0, 1], idfPower: [0.5, 0, 1] }),
  fit: (log, options) => {
    const model = fitSessionKnn(log);
    const shape = {
      neighbors: numberOf(options, 'neighbors'),
      reach: numberOf(options, 'reach'),
      backward: numberOf(options, 'backward'),
      idfPower: numberOf(options, 'idfPower'),
      last: Number.MAX_SAFE_INTEGER,
      decay: 1,
    };
    return Promise.resolve(oneByOne((history) => sessionKnnInterests(model, history, shape)));
  },
};
