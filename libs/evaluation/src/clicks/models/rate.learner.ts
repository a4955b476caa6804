import { meanOf } from '../../metrics/bootstrap.js';
import type { ClickLearner } from '../click.learner.js';

export const rate: ClickLearner = {
  name: 'rate',
  summary: 'the share of positive cases, for every case',
  grid: {},
  fit: ({ labels }) => {
    const mean = meanOf([...labels]);
    return Promise.resolve({ probabilities: ({ count }) => Promise.resolve(new Float32Array(count).fill(mean)) });
  },
};
