import { fitRatingKnn, ratingKnnPredictor, type RatingKnnOptions } from '@attune/algorithms';
import { numberOf } from '../../search/options.js';
import type { RatingLearner } from '../rating.learner.js';

type Form = Pick<RatingKnnOptions, 'of' | 'kind' | 'similarity'>;

const ratingKnn = (name: string, summary: string, form: Required<Form>): RatingLearner => ({
  name,
  summary,
  grid: { neighbors: [40, 20, 60, 80], minSupport: [1, 2, 5], shrinkage: [100, 25, 50, 200] },
  fit: (ratings, options, { watch }) => {
    const shape = { neighbors: numberOf(options, 'neighbors'), minSupport: numberOf(options, 'minSupport') };
    const shrinkage = numberOf(options, 'shrinkage');
    return ratingKnnPredictor(fitRatingKnn(ratings, { ...form, ...shape, shrinkage, ...watch }));
  },
});

export const userKnnPearson = ratingKnn('user-knn', 'like-minded users, by Pearson, about their means', {
  of: 'user',
  kind: 'means',
  similarity: 'pearson',
});

export const itemKnnBaseline = ratingKnn('item-knn', 'similar items, by Pearson about the baseline (Koren 2010)', {
  of: 'item',
  kind: 'baseline',
  similarity: 'pearson-baseline',
});
