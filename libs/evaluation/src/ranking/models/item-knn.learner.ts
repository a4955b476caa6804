import { fitItemKnn, itemKnnInterests, userMatrix } from '@attune/algorithms';
import { numberOf, wordOf } from '../../search/options.js';
import { oneByOne } from '../one-by-one.js';
import type { RecommenderLearner } from '../recommender.learner.js';

const SIMILARITIES = ['cosine', 'tfidf', 'bm25'] as const;

export const itemKnn: RecommenderLearner = {
  name: 'item-knn',
  summary: 'items had by the same users (Sarwar et al. 2001)',
  takesWeights: true,
  grid: () => ({ similarity: SIMILARITIES, neighbors: [100, 20, 50, 200], shrinkage: [0, 5, 20, 100] }),
  fit: (log, options, { watch }) => {
    const similarity = wordOf(options, 'similarity', SIMILARITIES);
    const shape = { neighbors: numberOf(options, 'neighbors'), shrinkage: numberOf(options, 'shrinkage') };
    const neighbors = fitItemKnn(userMatrix(log), { similarity, ...shape, ...watch });
    return Promise.resolve(
      oneByOne(({ rows, weights }) =>
        itemKnnInterests(neighbors, rows, weights ?? new Float32Array(rows.length).fill(1)),
      ),
    );
  },
};
