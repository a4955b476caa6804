import { fitIals, ialsInterests, sequenceOf, userCount, type Sequences, userMatrix } from '@attune/algorithms';
import { meanOf } from '../../metrics/bootstrap.js';
import { numberOf, type Options } from '../../search/options.js';
import { oneByOne } from '../one-by-one.js';
import type { RecommenderLearner } from '../recommender.learner.js';

export const ials: RecommenderLearner = {
  name: 'ials',
  summary: 'implicit ALS with frequency-scaled regularization (Rendle et al. 2021)',
  takesWeights: true,
  timeWeight: 2,
  grid: () => ({
    dims: [256, 128, 512],
    iterations: [12, 8],
    steps: [3],
    penalty: [5.5, 2, 3.5, 8, 12],
    alpha0: [0.15, 0.05, 0.1, 0.3, 0.5],
    nu: [0.75, 0.5, 1],
  }),
  fit: (log, options, { random, watch, threads }) => {
    const regularized = penaltyOf(log, options);
    const shape = {
      dims: numberOf(options, 'dims'),
      iterations: numberOf(options, 'iterations'),
      steps: numberOf(options, 'steps'),
    };
    const model = fitIals(userMatrix(log), { ...regularized, ...shape, threads, random, ...watch });
    return Promise.resolve(
      oneByOne(({ rows, weights = new Float32Array(rows.length).fill(1) }) =>
        ialsInterests(model, regularized, { rows, weights }),
      ),
    );
  },
};

/**
 * `penalty` is the average user's, lambda × (weight + alpha0 × items)^nu: unlike lambda, its best value depends little on
 * alpha0, nu and the size of the catalogue.
 */
function penaltyOf(log: Sequences, options: Options) {
  const [alpha0, nu] = [numberOf(options, 'alpha0'), numberOf(options, 'nu')];
  const scales = Array.from(
    { length: userCount(log) },
    (_, u) => (sequenceOf(log, u).length + alpha0 * log.itemCount) ** nu,
  );
  return { lambda: numberOf(options, 'penalty') / meanOf(scales), alpha0, nu };
}
