import { oneByOne } from '../one-by-one.js';
import type { RecommenderLearner } from '../recommender.learner.js';
import { itemCounts } from '../item-counts.js';

export const popular: RecommenderLearner = {
  name: 'popular',
  summary: 'what most users have',
  takesWeights: false,
  grid: () => ({}),
  fit: (log) => {
    const counts = itemCounts(log);
    return Promise.resolve(oneByOne(() => counts));
  },
};
