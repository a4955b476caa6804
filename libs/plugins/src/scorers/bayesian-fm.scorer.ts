import { defineScorer } from '@attune/sdk';
import { openBayesianFm } from '../clicks/click-models.js';
import { CLICK_STEP, clickScorerOptions, clickScoring } from '../clicks/score-clicks.js';

/**
 * How likely a candidate is to be clicked (or what the trainer's `goal` says), 0..1, for this user at this moment, by a Bayesian
 * factorization machine: a mean over its samples. All candidates count as at the first place. A new item is told by what
 * it has in common with others, a new user by the context. Waits for the model.
 */
export const bayesianFmScorer = defineScorer({
  id: 'bayesian-fm',
  version: '1.0.0',
  config: clickScorerOptions('bayesian-fm'),
  ...CLICK_STEP,
  setup: async ({ artifact }, { artifacts }) => {
    const source = await artifacts.open(artifact);
    return clickScoring(source, await openBayesianFm(source));
  },
});
