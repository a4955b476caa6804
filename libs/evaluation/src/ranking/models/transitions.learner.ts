import { fitTransitions, transitionInterests } from '@attune/algorithms';
import { numberOf } from '../../search/options.js';
import { oneByOne } from '../one-by-one.js';
import type { RecommenderLearner } from '../recommender.learner.js';

/** Weights say already what of a history counts. */
const AS_TOLD = { last: Number.MAX_SAFE_INTEGER, decay: 1 };

export const transitions: RecommenderLearner = {
  name: 'transitions',
  summary: 'what follows an item within a window of a sequence',
  takesWeights: true,
  needsOrder: true,
  grid: () => ({
    window: [10, 3, 5, 20],
    popularityPower: [0.3, 0, 0.15, 0.45, 0.6],
    backward: [0, 0.25, 0.5, 1],
    fade: [1, 0.5, 1.5],
    shrinkage: [5, 1, 2, 10],
  }),
  fit: (log, options, { watch }) => {
    const value = (name: string): number => numberOf(options, name);
    const model = fitTransitions(log, {
      window: value('window'),
      popularityPower: value('popularityPower'),
      backward: value('backward'),
      fade: value('fade'),
      shrinkage: value('shrinkage'),
      ...watch,
    });
    return Promise.resolve(oneByOne((history) => transitionInterests(model, history, AS_TOLD)));
  },
};
