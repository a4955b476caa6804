import { baseline } from './models/baseline.learner.js';
import { itemKnnBaseline, userKnnPearson } from './models/rating-knn.learners.js';
import { slopeOne } from './models/slope-one.learner.js';
import { bayesianSvd, svd, svdPlusPlus } from './models/svd.learners.js';
import type { RatingLearner } from './rating.learner.js';

/** Learners that predict ratings, the quick ones first. */
export const RATING_LEARNERS: readonly RatingLearner[] = [
  baseline,
  slopeOne,
  userKnnPearson,
  itemKnnBaseline,
  svd,
  svdPlusPlus,
  bayesianSvd,
];
