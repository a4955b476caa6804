import { ownInterests } from '@attune/algorithms';
import { numberOf } from '../../search/options.js';
import { forShoppers } from '../for-shoppers.js';
import type { RecommenderLearner } from '../recommender.learner.js';

export const buyAgain: RecommenderLearner = {
  name: 'buy-again',
  summary: 'what somebody bought often and lately',
  takesWeights: false,
  needsTimes: true,
  grid: () => ({ halfLifeDays: [60, 15, 30, 120, 1_000_000] }),
  fit: ({ itemCount }, options) =>
    Promise.resolve(forShoppers((shopper) => ownInterests(shopper, itemCount, numberOf(options, 'halfLifeDays')))),
};
