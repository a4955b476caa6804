import {
  EASE_MAX_ITEMS,
  easeInterests,
  easeLocalInterests,
  fitEase,
  fitEaseLocal,
  userMatrix,
} from '@attune/algorithms';
import { numberOf, type Options } from '../../search/options.js';
import { oneByOne } from '../one-by-one.js';
import type { RecommenderLearner } from '../recommender.learner.js';

const PENALTIES = {
  lambda: [200, 20, 50, 100, 300, 500, 1000],
  dropout: [0.33, 0, 0.5],
  popularityPower: [0.05, 0, 0.1, 0.15, 0.2, 0.3],
  activityPower: [0.3, 0, 0.15, 0.4],
};

const penaltyOf = (options: Options) => ({
  lambda: numberOf(options, 'lambda'),
  dropout: numberOf(options, 'dropout'),
  popularityPower: numberOf(options, 'popularityPower'),
  activityPower: numberOf(options, 'activityPower'),
});

export const ease: RecommenderLearner = {
  name: 'ease',
  summary: `linear item weights in closed form (Steck 2019 and 2020); up to ${EASE_MAX_ITEMS} items`,
  takesWeights: true,
  timeWeight: 2,
  grid: () => PENALTIES,
  fit: (log, options, { watch }) => {
    const weights = fitEase(userMatrix(log), { ...penaltyOf(options), ...watch });
    return Promise.resolve(
      oneByOne(({ rows, weights: told = new Float32Array(rows.length).fill(1) }) =>
        easeInterests(weights, log.itemCount, rows, told),
      ),
    );
  },
};

export const easeLocal: RecommenderLearner = {
  name: 'ease-local',
  summary: 'EASE over the items nearest to each, for catalogues of any size',
  takesWeights: true,
  timeWeight: 2,
  grid: () => ({ ...PENALTIES, neighbors: [150, 100, 300] }),
  fit: (log, options, { watch }) => {
    const shape = { ...penaltyOf(options), neighbors: numberOf(options, 'neighbors') };
    const model = fitEaseLocal(userMatrix(log), { ...shape, ...watch });
    return Promise.resolve(oneByOne((history) => easeLocalInterests(model, history)));
  },
};
