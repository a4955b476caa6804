import { baselinePredictor, fitBaseline } from '@attune/algorithms';
import { numberOf } from '../../search/options.js';
import type { RatingLearner } from '../rating.learner.js';

export const baseline: RatingLearner = {
  name: 'baseline',
  summary: 'mean + bias of user + bias of item (Koren 2010)',
  grid: { userPenalty: [15, 5, 10, 25], itemPenalty: [10, 2, 5, 25] },
  fit: (ratings, options, { watch }) => {
    const penalties = { userPenalty: numberOf(options, 'userPenalty'), itemPenalty: numberOf(options, 'itemPenalty') };
    return baselinePredictor(fitBaseline(ratings, { ...penalties, ...watch }));
  },
};
