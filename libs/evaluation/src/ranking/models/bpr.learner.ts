import { bprInterests, fitBpr, userMatrix } from '@attune/algorithms';
import { numberOf } from '../../search/options.js';
import { oneByOne } from '../one-by-one.js';
import type { RecommenderLearner } from '../recommender.learner.js';

export const bpr: RecommenderLearner = {
  name: 'bpr',
  summary: 'factors that rank what users have above what they have not (Rendle et al. 2009)',
  takesWeights: true,
  grid: () => ({ dims: [64, 128], rate: [0.05, 0.03], lambda: [0.003, 0.01], passes: [50] }),
  fit: (log, options, { random, watch }) => {
    const climb = {
      rate: numberOf(options, 'rate'),
      lambda: numberOf(options, 'lambda'),
      passes: numberOf(options, 'passes'),
    };
    const model = fitBpr(userMatrix(log), { dims: numberOf(options, 'dims'), ...climb, random, ...watch });
    return Promise.resolve(oneByOne((history) => bprInterests(model, history)));
  },
};
