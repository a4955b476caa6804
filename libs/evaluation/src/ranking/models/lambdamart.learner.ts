import { fitNextBasket, nextBasketInterests } from '@attune/algorithms';
import { numberOf } from '../../search/options.js';
import { forShoppers, purchasesOf, timed } from '../for-shoppers.js';
import type { RecommenderLearner } from '../recommender.learner.js';

export const lambdaMart: RecommenderLearner = {
  name: 'lambdamart',
  summary: 'trees over own purchases, sales, EASE and people alike, as of the moment (Burges 2010)',
  takesWeights: false,
  needsTimes: true,
  timeWeight: 8,
  grid: () => ({
    depth: [6, 3],
    trees: [200, 100, 300],
    leaves: [15, 7, 31],
    learningRate: [0.05, 0.03, 0.1],
    minLeafRows: [100, 30],
    lambda: [400, 200],
  }),
  fit: (log, options, context) => {
    const purchases = purchasesOf(context);
    const value = (name: string): number => numberOf(options, name);
    const model = fitNextBasket(timed(log), purchases, {
      repeats: context.repeats,
      depth: value('depth'),
      trees: value('trees'),
      leaves: value('leaves'),
      learningRate: value('learningRate'),
      minLeafRows: value('minLeafRows'),
      lambda: value('lambda'),
      random: context.random,
      ...context.watch,
    });
    return Promise.resolve(forShoppers((shopper) => nextBasketInterests(model, purchases, shopper)));
  },
};
