import { fitRatingKnn } from '@attune/algorithms';
import { defineTrainer } from '@attune/sdk';
import { z } from 'zod';
import { knnBaselineModel } from '../models/knn-baseline.model.js';
import { sparseArrays } from '../models/sparse-rows.js';
import { positiveWeights, watchOf } from '../logs/interaction-matrix.js';
import { learnExaminedBy } from '../exams/learn-by.js';
import { ratingExam } from '../exams/rating-exam.js';
import { learnableRatings } from '../logs/rating-log.js';
import { ratingTrainingOptions } from '../exams/rating-options.js';

const options = ratingTrainingOptions.extend({
  /** Most of a user's ratings that a prediction listens to, those of the most similar items. */
  neighbors: z.int().min(1).max(10_000).default(40),
  /** Similar items kept of each: the artifact grows with them, and users who rated few items need many. */
  mostSimilar: z.int().min(1).max(100_000).default(500),
  /** Fewest users who rated both of two similar items. */
  minSupport: z.int().min(1).default(1),
  /** Users who rated both that halve a similarity. */
  shrinkage: z.number().min(0).default(100),
  /** Similarity that halves what neighbors say: so few and distant ones say less. */
  damping: z.number().min(0).default(0.3),
  /** Ratings a user's bias is shrunk by. */
  userPenalty: z.number().min(0).default(15),
  /** Ratings an item's bias is shrunk by. */
  itemPenalty: z.number().min(0).default(10),
});

/**
 * Similar items by the correlation of their ratings about the baseline (Koren 2010). Artifact: arrays `biases` [items] and
 * `indptr`, `indices`, `values` (sparse [items × items], rows by item), ids `items`; nothing of a user, who is folded in at
 * request time. Refused where no two items are similar, or where it tells what users held out gave worse than mean and
 * biases do. Throws where there is nothing to learn from.
 */
export const knnBaselineTrainer = defineTrainer({
  id: 'knn-baseline',
  version: '1.0.0',
  config: options,
  setup: learnExaminedBy(
    ratingExam(knnBaselineModel),
    (data, { types, gate: _, ...shape }: z.output<typeof options>, run) => {
      const { ratings, itemIds } = learnableRatings(data, types);
      const { base, similarities } = fitRatingKnn(ratings, {
        ...shape,
        of: 'item',
        kind: 'baseline',
        similarity: 'pearson-baseline',
        baseline: { userPenalty: shape.userPenalty, itemPenalty: shape.itemPenalty },
        ...watchOf(run),
      });
      const [least, greatest] = ratings.scale;
      const size = { users: ratings.userCount, items: itemIds.length, ratings: ratings.values.length };
      return {
        meta: { ...shape, types, ...size, mean: base.mean, least, greatest },
        arrays: { biases: base.items, ...sparseArrays(similarities) },
        ids: { items: itemIds },
        evaluation: { metric: 'similar items', value: positiveWeights(similarities.values), minimum: 1 },
      };
    },
  ),
});
