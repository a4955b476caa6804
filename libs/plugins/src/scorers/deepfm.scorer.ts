import { defineScorer } from '@attune/sdk';
import { openDeepFmClicks } from '../clicks/click-models.js';
import { CLICK_STEP, clickScorerOptions, clickScoring } from '../clicks/score-clicks.js';

/**
 * How likely a candidate is to be clicked (or what the trainer's `goal` says), 0..1, for this user at this moment, by DeepFM: a
 * graph that is run once a request. All candidates count as at the first place. A new item is told by what it has in common
 * with others, a new user by the context. Waits for the model.
 */
export const deepFmScorer = defineScorer({
  id: 'deepfm',
  version: '1.0.0',
  config: clickScorerOptions('deepfm'),
  ...CLICK_STEP,
  uses: ['artifacts', 'graphs'],
  traits: { ...CLICK_STEP.traits, tier: 'sequence' },
  setup: async ({ artifact }, { artifacts, graphs }) => {
    const source = await artifacts.open(artifact);
    return clickScoring(source, await openDeepFmClicks(source, graphs));
  },
});
