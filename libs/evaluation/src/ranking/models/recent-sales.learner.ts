import { DAY_MS, soldWithin } from '@attune/algorithms';
import { numberOf } from '../../search/options.js';
import { forShoppers, purchasesOf } from '../for-shoppers.js';
import type { RecommenderLearner } from '../recommender.learner.js';

export const recentSales: RecommenderLearner = {
  name: 'recent-sales',
  summary: 'what sold best in the days before the moment',
  takesWeights: false,
  needsTimes: true,
  grid: () => ({ days: [14, 3, 7, 30] }),
  fit: (_log, options, context) => {
    const purchases = purchasesOf(context);
    const window = numberOf(options, 'days') * DAY_MS;
    return Promise.resolve(forShoppers(({ at }) => soldWithin(purchases, at, window)));
  },
};
