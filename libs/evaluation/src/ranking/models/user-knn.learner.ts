import { fitUserKnn, userKnnInterests, userMatrix } from '@attune/algorithms';
import { numberOf } from '../../search/options.js';
import { oneByOne } from '../one-by-one.js';
import type { RecommenderLearner } from '../recommender.learner.js';

export const userKnn: RecommenderLearner = {
  name: 'user-knn',
  summary: 'what the most similar users have (Resnick et al. 1994)',
  takesWeights: true,
  grid: () => ({ neighbors: [200, 50, 100, 400], shrinkage: [0, 5, 20], power: [1, 2, 4] }),
  fit: (log, options) => {
    const model = fitUserKnn(userMatrix(log));
    const shape = {
      neighbors: numberOf(options, 'neighbors'),
      shrinkage: numberOf(options, 'shrinkage'),
      power: numberOf(options, 'power'),
    };
    return Promise.resolve(oneByOne((history) => userKnnInterests(model, history, shape)));
  },
};
