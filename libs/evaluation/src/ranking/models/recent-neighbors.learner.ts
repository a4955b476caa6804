import { neighborInterests, neighborsOf } from '@attune/algorithms';
import { numberOf } from '../../search/options.js';
import { forShoppers, purchasesOf } from '../for-shoppers.js';
import type { RecommenderLearner } from '../recommender.learner.js';

export const recentNeighbors: RecommenderLearner = {
  name: 'recent-neighbors',
  summary: 'what those who bought the same bought lately',
  takesWeights: false,
  needsTimes: true,
  grid: () => ({ windowDays: [90, 30], halfLifeDays: [21, 7, 60] }),
  fit: (_log, options, context) => {
    const purchases = purchasesOf(context);
    const window = { windowDays: numberOf(options, 'windowDays'), halfLifeDays: numberOf(options, 'halfLifeDays') };
    return Promise.resolve(
      forShoppers((shopper) => neighborInterests(neighborsOf(shopper, purchases), purchases, shopper.at, window)),
    );
  },
};
