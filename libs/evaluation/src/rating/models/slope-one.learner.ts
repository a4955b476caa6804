import { fitSlopeOne, slopeOnePredictor } from '@attune/algorithms';
import type { RatingLearner } from '../rating.learner.js';

export const slopeOne: RatingLearner = {
  name: 'slope-one',
  summary: 'mean deviations between items (Lemire and Maclachlan 2005)',
  grid: {},
  fit: (ratings, _options, { watch }) => slopeOnePredictor(fitSlopeOne(ratings, watch)),
};
