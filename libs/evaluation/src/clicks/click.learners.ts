import type { ClickLearner } from './click.learner.js';
import { bayesianFm } from './models/bayesian-fm.learner.js';
import { deepFm } from './models/deepfm.learner.js';
import { fm, logisticRegression } from './models/factorization.learners.js';
import { rate } from './models/rate.learner.js';

/** Learners that predict clicks, the quick ones first. */
export const CLICK_LEARNERS: readonly ClickLearner[] = [rate, logisticRegression, fm, bayesianFm, deepFm];
